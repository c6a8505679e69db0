import { Button } from "antd";
import { useOffice } from "../../api";
import { LeavesPart, Page } from "../../components";
import { useTexts } from "../../locales";

/** 哪些内容会离开本机: the table that the program sends by, for the screen and for paper. */
export function LeavesScreen() {
  const { t } = useTexts();
  const { office } = useOffice();
  return (
    <Page title={t("leaves.title")} narrow actions={<Button onClick={() => globalThis.print()}>{t("leaves.print")}</Button>}>
      {office ? <p className="soft">{t("leaves.whose", { name: office.name })}</p> : null}
      <LeavesPart />
    </Page>
  );
}
