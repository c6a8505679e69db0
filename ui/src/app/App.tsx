import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";
import { newQueryClient, nothing, onFileSaved, useChanges, useQuery } from "../api";
import { Blank, ErrorNotice, toDto, NamesProvider, ToastProvider, useToast } from "../components";
import { type Language, TextsProvider, texts, useTexts } from "../locales";
import { UnlockScreen } from "../features/unlock";
import { antTheme } from "../tokens";
import { Gate } from "./Gate";
import { HelpBefore } from "./HelpProvider";
import { lastLanguage, rememberLanguage, useLooks } from "./looks";
import { OfficeChoiceProvider } from "./OfficeChoiceProvider";
import { router } from "./router";

const client = newQueryClient();

export function App() {
  return (
    <QueryClientProvider client={client}>
      <Gate><Looks /></Gate>
    </QueryClientProvider>
  );
}

/** Language, size of text and tokens from this machine's settings. */
function Looks() {
  useChanges();
  const settings = useQuery("settings.get", nothing);
  const said = settings.data?.language;
  const language: Language = said === undefined ? lastLanguage() : said === "en" ? "en" : "zh-CN";
  useEffect(() => {
    if (said !== undefined) rememberLanguage(language);
  }, [said, language]);
  const locked = settings.isError && toDto(settings.error).code === "passphrase_needed";
  const { rem, shown } = useLooks(language, settings.data?.largeType ?? false, settings.data?.theme ?? null);

  return (
    <TextsProvider language={language}>
      <ConfigProvider theme={antTheme(rem, shown)} locale={language === "en" ? enUS : zhCN}
        button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
        <ToastProvider>
          <SavedFiles />
          {settings.isPending ? <Blank>{texts(language).t("common.loading")}</Blank> : null}
          {locked ? <HelpBefore page="passphrase"><UnlockScreen onOpen={() => void client.resetQueries()} /></HelpBefore> : null}
          {settings.isError && !locked ? <ErrorNotice error={settings.error} retry={() => void settings.refetch()} /> : null}
          {settings.data ? (
            <OfficeChoiceProvider>
              <NamesProvider><RouterProvider router={router} /></NamesProvider>
            </OfficeChoiceProvider>
          ) : null}
        </ToastProvider>
      </ConfigProvider>
    </TextsProvider>
  );
}

/** 已存到 …: the window saves without asking where, so it tells. */
function SavedFiles() {
  const { t } = useTexts();
  const say = useToast();
  useEffect(() => onFileSaved(({ path, complete }) => {
    if (!complete) say(t("common.savedBroken"));
    else say(path === null ? t("common.savedFile") : t("common.savedTo", { path }));
  }), [t, say]);
  return null;
}
