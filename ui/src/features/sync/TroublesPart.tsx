import { Button } from "antd";
import { nothing, useCommand, useQuery } from "../../api";
import type { TroubleRow } from "../../api/generated/TroubleRow";
import { ErrorNotice, Mark, Notice } from "../../components";
import { useTexts } from "../../locales";
import { Decision } from "./Decision";

/** 没有生效的改动: what arrived and is in no ledger, why, and what to do. Nothing is shown while there is none. */
export function TroublesPart() {
  const { t } = useTexts();
  const list = useQuery("sync.troubles", nothing);
  const retry = useCommand("sync.retry_troubles");
  const rows = list.data ?? [];
  if (rows.length === 0 && !retry.data) return list.isError ? <ErrorNotice error={list.error} retry={() => void list.refetch()} /> : null;
  const done = retry.data;
  const hopeful = rows.some((row) => row.remedy === "certify" || row.remedy === "update");
  return (
    <section className="card flush" aria-label={t("trouble.title")}>
      <div className="list-title row apart">
        <h2>{t("trouble.title")}</h2>
        {hopeful ? <Button onClick={() => retry.mutate({})} loading={retry.isPending}>{t(retry.isPending ? "trouble.retrying" : "trouble.retry")}</Button> : null}
      </div>
      <ul className="list">
        <li>
          <div className="stack tight" role="status">
            <span>{rows.length === 0 ? t("trouble.none") : t("trouble.intro")}</span>
            {done ? <Notice tone={done.left === 0 ? "green" : "yellow"}>{done.left === 0 ? t("trouble.retriedAll", { tried: done.tried }) : t("trouble.retried", { ...done })}</Notice> : null}
            {retry.isError ? <ErrorNotice error={retry.error} /> : null}
          </div>
        </li>
        {rows.map((row) => <Row key={`${row.book} ${row.device ?? ""} ${row.reason}`} row={row} />)}
      </ul>
    </section>
  );
}

function Row({ row }: { row: TroubleRow }) {
  const { t, code, date } = useTexts();
  const computer = row.device ? t("history.computer", { id: row.device.slice(0, 8) }) : t("trouble.unknownDevice");
  const who = [row.office, row.holder, computer].filter(Boolean).join(" · ");
  const days = row.firstOn === null ? "" : row.firstOn === row.lastOn ? date(row.firstOn) : t("trouble.days", { from: date(row.firstOn), to: date(row.lastOn) });
  return (
    <li className="stack tight">
      <div className="line">
        <strong className="what">{code("book", row.kind)} <span className="soft">{row.year ?? t("sync.evergreen")}</span></strong>
        <Mark tone="yellow">{t("trouble.count", { n: row.count })}</Mark>
      </div>
      <span className="soft">{[t("trouble.from", { who }), days].filter(Boolean).join(" · ")}</span>
      <span><strong>{t("trouble.why")}</strong>:{code("trouble", row.reason)}</span>
      <span><strong>{t("trouble.todo")}</strong>:{code("trouble", row.remedy)}</span>
      {row.remedy === "adopt" && row.device ? <Decision row={row} device={row.device} /> : null}
    </li>
  );
}
