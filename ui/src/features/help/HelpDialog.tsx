import { Button } from "antd";
import { useState } from "react";
import { Dialog, Tabs } from "../../components";
import { helpPage } from "../../help";
import { useTexts } from "../../locales";
import { HelpContents } from "./HelpContents";
import { HelpText } from "./HelpText";
import { KeyList } from "./KeyList";

export type HelpTab = "page" | "keys" | "all";

/** F1 and ?: what this screen is for, and every shortcut that acts on it. */
export function HelpDialog({ page, tab, onTab, onAll }: {
  /** The help page of what is shown. */
  page: string;
  /** None: closed. */
  tab: HelpTab | null;
  onTab: (tab: HelpTab | null) => void;
  /** Leads to the page with all of the help; where there is none yet, the window has it. */
  onAll?: () => void;
}) {
  const { t } = useTexts();
  const close = () => onTab(null);
  return (
    <Dialog title={t("help.title")} open={tab !== null} onClose={close} footer={<>
      {onAll ? <Button onClick={() => { close(); onAll(); }}>{t("help.all")}</Button> : null}
      <Button type="primary" onClick={close}>{t("common.close")}</Button>
    </>}>
      {tab === null ? null : <Body page={page} tab={tab} onTab={onTab} whole={onAll === undefined} />}
    </Dialog>
  );
}

function Body({ page, tab, onTab, whole }: { page: string; tab: HelpTab; onTab: (tab: HelpTab) => void; whole: boolean }) {
  const { t, language } = useTexts();
  const [shown, setShown] = useState(page);
  const see = (id: string) => { setShown(id); onTab("page"); };
  return (
    <>
      <Tabs label={t("help.title")} value={tab} onChange={onTab} options={[
        { value: "page", label: t("help.thisPage") }, { value: "keys", label: t("keys.title") }, ...(whole ? [{ value: "all" as const, label: t("help.all") }] : []),
      ]} />
      {tab === "keys" ? <KeyList /> : null}
      {tab === "all" ? <HelpContents onOpen={see} /> : null}
      {tab === "page" ? (
        <>
          {shown === page ? null : <div className="row"><Button onClick={() => setShown(page)}>{t("help.back")} · {helpPage(language, page)?.title}</Button></div>}
          <HelpText id={shown} onSee={see} />
        </>
      ) : null}
    </>
  );
}
