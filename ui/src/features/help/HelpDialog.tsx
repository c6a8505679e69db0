import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { Dialog, Tabs } from "../../components";
import { helpPage, pageOfRoute } from "../../help";
import { useTexts } from "../../locales";
import { HelpText } from "./HelpText";
import { KeyList } from "./KeyList";

export type HelpTab = "page" | "keys";

/** F1 and ?: what this screen is for, and every shortcut that acts on it. */
export function HelpDialog({ path, tab, onTab }: {
  /** The route that is shown. */
  path: string;
  /** None: closed. */
  tab: HelpTab | null;
  onTab: (tab: HelpTab | null) => void;
}) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const close = () => onTab(null);
  return (
    <Dialog title={t("help.title")} open={tab !== null} onClose={close} footer={<>
      <Button onClick={() => { close(); void navigate({ to: "/help" }); }}>{t("help.all")}</Button>
      <Button type="primary" onClick={close}>{t("common.close")}</Button>
    </>}>
      {tab === null ? null : <Body path={path} tab={tab} onTab={onTab} />}
    </Dialog>
  );
}

function Body({ path, tab, onTab }: { path: string; tab: HelpTab; onTab: (tab: HelpTab) => void }) {
  const { t, language } = useTexts();
  const own = pageOfRoute[path] ?? "help";
  const [shown, setShown] = useState(own);
  return (
    <>
      <Tabs label={t("help.title")} value={tab} onChange={onTab} options={[{ value: "page", label: t("help.thisPage") }, { value: "keys", label: t("keys.title") }]} />
      {tab === "keys" ? <KeyList /> : (
        <>
          {shown === own ? null : <div className="row"><Button onClick={() => setShown(own)}>{t("help.back")} · {helpPage(language, own)?.title}</Button></div>}
          <HelpText id={shown} onSee={setShown} />
        </>
      )}
    </>
  );
}
