import { Button } from "antd";
import { nothing, useCommand, useQuery } from "../../api";
import type { CheckReport } from "../../api/generated/CheckReport";
import { ErrorNotice, Notice } from "../../components";
import { useTexts } from "../../locales";

/** 检查账本: everything that is kept against everything it must agree with; what is damaged can be repaired here. */
export function CheckPart() {
  const { t } = useTexts();
  const check = useQuery("doctor.check", nothing, { enabled: false });
  const repair = useCommand("doctor.repair");
  const found = check.data;
  const repairable = found?.findings.some((one) => one.remedy === "repair") === true && !found.findings.some((one) => one.remedy === "restore");
  return (
    <section className="card stack" aria-label={t("forget.check")}>
      <div className="row apart">
        <h2>{t("forget.check")}</h2>
        <Button onClick={() => void check.refetch()} loading={check.isFetching}>{t(check.isFetching ? "forget.checking" : "forget.doCheck")}</Button>
      </div>
      <span className="soft">{t("forget.checkHint")}</span>
      <div className="stack tight" role="status">
        {check.isError ? <ErrorNotice error={check.error} /> : null}
        {found ? <Found found={found} /> : null}
        {repair.data ? <Repaired done={repair.data} /> : null}
        {repair.isError ? <ErrorNotice error={repair.error} /> : null}
      </div>
      {repairable ? (
        <div className="row">
          <Button type="primary" loading={repair.isPending} onClick={() => repair.mutate({ book: null }, { onSuccess: () => void check.refetch() })}>
            {t(repair.isPending ? "forget.repairing" : "forget.doRepair")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function useBook() {
  const { t, code } = useTexts();
  return (kind: string | null, year: number | null) => (kind === null ? t("forget.file") : `${code("book", kind)} ${year ?? t("sync.evergreen")}`);
}

function Found({ found }: { found: CheckReport }) {
  const { t, code, several, pair } = useTexts();
  const book = useBook();
  const remedies = [...new Set(found.findings.map((one) => one.remedy))];
  return (
    <>
      {found.sound ? <Notice tone="green">{t("forget.sound", { books: found.books, changes: found.changes })}</Notice> : (
        <Notice tone="red" alert>
          {t("forget.unsound", { n: found.findings.length })}
          {" "}{several([...new Set(found.findings.map((one) => book(one.kind, one.year)))])}
          {remedies.map((remedy) => <div key={remedy}>{code("forget", `remedy_${remedy}`)}</div>)}
          <details>
            <summary className="plain-button">{t("forget.details")}</summary>
            <ul>{found.findings.slice(0, 20).map((one, at) => (
              <li key={at}>{pair(book(one.kind, one.year), code("forget", `finding_${one.code}`))} <span className="soft" lang="en">{one.what}</span></li>
            ))}</ul>
          </details>
        </Notice>
      )}
      {found.damaged.map((row) => (
        <Notice key={row.book} tone={row.missing > 0 ? "yellow" : "grey"}>{t("forget.damaged", { book: book(row.kind, row.year), rows: row.rows, missing: row.missing })}</Notice>
      ))}
    </>
  );
}

function Repaired({ done }: { done: { sound: boolean; books: { book: string; kind: string; year: number | null; kept: number; waiting: number; lost: number }[] } }) {
  const { t } = useTexts();
  const book = useBook();
  return (
    <Notice tone={done.sound ? "green" : "yellow"}>
      {done.books.map((one) => <div key={one.book}>{t("forget.repaired", { book: book(one.kind, one.year), kept: one.kept, waiting: one.waiting, lost: one.lost })}</div>)}
      {t(done.sound ? "forget.repairedHint" : "forget.repairedNot")}
    </Notice>
  );
}
