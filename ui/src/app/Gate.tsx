import { useQueryClient } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useEffect, useState } from "react";
import { LockProvider, nothing, useCommand, useQuery } from "../api";
import type { ProfileState } from "../api/generated/ProfileState";
import { Blank, ErrorNotice, type Shortcuts, toDto, useShortcuts } from "../components";
import { ChooseScreen } from "../features/profile";
import { type Language, TextsProvider, texts } from "../locales";
import { RpcError } from "../platform";
import { antTheme } from "../tokens";
import { HelpBefore } from "./HelpProvider";
import { useIdle } from "./idle";
import { lastLanguage, useLooks } from "./looks";

const noKeys: Shortcuts = {};

/** Shows nothing of the books before somebody has chosen a profile, and takes it all away when the screen locks. */
export function Gate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const state = useQuery("profile.list", nothing);
  const { refetch } = state;
  const lock = useCommand("profile.lock");
  // Away at once, whatever the node answers.
  const [hidden, setHidden] = useState(false);
  const locked = hidden || (state.data?.locked ?? false);
  const chosen = state.data?.current != null && !locked;

  useEffect(() => {
    const refused = (error: unknown) => {
      if (error instanceof RpcError && error.dto.code === "locked") void refetch();
    };
    const queries = client.getQueryCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error") refused(event.action.error);
    });
    const commands = client.getMutationCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error") refused(event.action.error);
    });
    return () => {
      queries();
      commands();
    };
  }, [client, refetch]);

  useEffect(() => {
    // Nothing of the books stays in memory behind the choice.
    if (locked) client.removeQueries({ predicate: (query) => query.queryKey[0] !== "profile.list" });
  }, [client, locked]);

  function lockNow() {
    if (!chosen) return;
    setHidden(true);
    lock.mutate(nothing, { onSettled: () => void state.refetch() });
  }
  useShortcuts(chosen ? { "Ctrl+L": { label: "keys.lock", act: lockNow, overDialogs: true } } : noKeys, "everywhere");
  useIdle(chosen ? (state.data?.lockMinutes ?? null) : null, lockNow);

  if (state.isPending) return <Blank>{texts(lastLanguage()).t("common.loading")}</Blank>;
  // A node that cannot answer says so on the first screen as well.
  if (locked && state.data) {
    return (
      <Plain state={state.data}>
        <HelpBefore page="sharedComputer">
          <ChooseScreen state={state.data} onIn={() => {
            setHidden(false);
            void state.refetch();
          }} />
        </HelpBefore>
      </Plain>
    );
  }
  // Books under a passphrase have no profiles yet: the first thing inside asks for it.
  const shut = state.isError && toDto(state.error).code === "passphrase_needed";
  if (state.isError && state.data === undefined && !shut) return <ErrorNotice error={state.error} retry={() => void state.refetch()} />;
  return <LockProvider value={lockNow}>{children}</LockProvider>;
}

/** Language and size before the settings may be read. */
function Plain({ state, children }: { state: ProfileState; children: ReactNode }) {
  const language: Language = state.language === "en" ? "en" : "zh-CN";
  const { rem, shown } = useLooks(language, state.largeType, state.theme);
  return (
    <TextsProvider language={language}>
      <ConfigProvider theme={antTheme(rem, shown)} locale={language === "en" ? enUS : zhCN} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
        {children}
      </ConfigProvider>
    </TextsProvider>
  );
}
