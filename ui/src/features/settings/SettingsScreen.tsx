import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useHidden, useOffice, useQuery } from "../../api";
import type { Settings } from "../../api/generated/Settings";
import { Choice, ErrorNotice, Loaded, Page, TextField, useToast } from "../../components";
import { type Language, type TextKey, useTexts } from "../../locales";
import { CheckPart } from "./CheckPart";
import { ProfilesPart } from "./ProfilesPart";
import { ReminderPart } from "./ReminderPart";
import { SamplePart } from "./SamplePart";

/** What is kept on pages of its own; a profile that manages nothing sees only those that are `open`. */
const pages: readonly { to: string; title: TextKey; hint: TextKey; open?: boolean }[] = [
  { to: "/deleted", title: "deleted.list", hint: "deleted.listHint", open: true },
  { to: "/past", title: "past.title", hint: "past.hint", open: true },
  { to: "/security", title: "security.title", hint: "settings.securityHint" },
  { to: "/devices", title: "device.title", hint: "settings.devicesHint" },
  { to: "/org", title: "settings.computers", hint: "settings.computersHint" },
  { to: "/tree", title: "tree.title", hint: "tree.hint", open: true },
  { to: "/take-over", title: "custody.take", hint: "custody.takeWhy" },
  { to: "/roles", title: "roles.title", hint: "settings.rolesHint", open: true },
  { to: "/log", title: "log.title", hint: "settings.logHint" },
];

/** 设置: language, size of text, recorder; all of this machine only. */
export function SettingsScreen() {
  const { t } = useTexts();
  const { overview } = useOffice();
  const settings = useQuery("settings.get", nothing);
  const hides = useHidden();
  return (
    <Page title={t("settings.title")} narrow>
      <Loaded query={settings}>{(data) => <><Form settings={data} /><ReminderPart settings={data} /></>}</Loaded>
      <section className="card flush" aria-label={t("settings.more")}>
        <h2 className="list-title">{t("settings.more")}</h2>
        <ul className="list">
          {pages.filter((page) => page.open === true || !hides("organisation")).map((page) => (
            <li key={page.to} className="line">
              <span className="what">
                <Link to={page.to}>{t(page.title)}</Link>
                <span className="block soft">{t(page.hint)}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      {hides("organisation") ? null : <ProfilesPart />}
      <SamplePart />
      <CheckPart />
      <section className="card stack tight" aria-label={t("settings.about")}>
        <h2>{t("settings.about")}</h2>
        <p>{t("common.product")} {t("settings.version", { version: overview?.version ?? "" })}</p>
        <p className="soft mono">{t("settings.device")} {overview?.device}</p>
      </section>
    </Page>
  );
}

function Form({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  const say = useToast();
  const set = useCommand("settings.set");
  const [recorder, setRecorder] = useState(settings.recorder ?? "");
  const save = (part: Partial<Settings>) => set.mutate({ ...settings, ...part });
  return (
    <form className="card stack" onSubmit={(event) => {
      event.preventDefault();
      set.mutate({ ...settings, recorder: recorder.trim() || null }, { onSuccess: () => say(t("common.saved")) });
    }}>
      <Choice<Language> label={t("settings.language")} value={settings.language === "en" ? "en" : "zh-CN"} onChange={(language) => save({ language })}
        options={[{ value: "zh-CN", label: t("settings.chinese") }, { value: "en", label: t("settings.english") }]} />
      <Choice<"normal" | "large"> label={t("settings.size")} value={settings.largeType ? "large" : "normal"}
        onChange={(size) => save({ largeType: size === "large" })}
        options={[{ value: "normal", label: t("settings.normal") }, { value: "large", label: t("settings.large") }]} />
      <Choice<"light" | "dark" | "system"> label={t("looks.theme")} value={settings.theme === "dark" || settings.theme === "light" ? settings.theme : "system"}
        onChange={(theme) => save({ theme: theme === "system" ? null : theme })}
        options={[{ value: "light", label: t("looks.light") }, { value: "dark", label: t("looks.dark") }, { value: "system", label: t("looks.system") }]} />
      <div className="row">
        <div className="grow"><TextField label={t("settings.recorder")} value={recorder} onChange={setRecorder} hint={t("frame.recorderHint")} /></div>
        <Button htmlType="submit">{t("common.save")}</Button>
      </div>
      {set.isError ? <ErrorNotice error={set.error} /> : null}
    </form>
  );
}
