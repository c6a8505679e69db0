import { nothing, useQuery } from "../../api";
import { Loaded, Notice, Page } from "../../components";
import { useTexts } from "../../locales";
import { BackupPart } from "./BackupPart";
import { KeyPart } from "./KeyPart";
import { SheetPart } from "./SheetPart";
import "./security.css";

/** 安全与备份: how the key is kept, the recovery sheet, backups, and what old ones open. */
export function SecurityScreen() {
  const { t, several } = useTexts();
  const key = useQuery("key.status", nothing);
  return (
    <Page title={t("security.title")} narrow>
      <Loaded query={key}>
        {(status) => (
          <>
            {status.waiting.length > 0 ? <Notice tone="yellow">{t("security.waiting", { offices: several(status.waiting) })}</Notice> : null}
            {status.locked.length > 0 ? <Notice tone="yellow">{t("security.locked", { offices: several(status.locked) })}</Notice> : null}
            <SheetPart status={status} />
            <BackupPart />
            <KeyPart status={status} />
          </>
        )}
      </Loaded>
      <section className="card stack tight no-print" aria-label={t("security.honest")}>
        <h2>{t("security.honest")}</h2>
        <ul className="honest">
          <li>{t("security.honestBackup")}</li>
          <li>{t("security.honestErased")}</li>
          <li>{t("security.honestLost")}</li>
          <li>{t("security.honestRekey")}</li>
        </ul>
      </section>
    </Page>
  );
}
