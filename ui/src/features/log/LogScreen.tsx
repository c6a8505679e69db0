import { Button } from "antd";
import { useState } from "react";
import { nothing, useAsk, useQuery } from "../../api";
import type { FileOutput } from "../../api/generated/FileOutput";
import type { LogReport } from "../../api/generated/LogReport";
import type { LogRow } from "../../api/generated/LogRow";
import { ErrorNotice, Loaded, More, Notice, Page, TextField, toDto } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { saveFile } from "../../platform";

const PAGE = 50;

/** 本机日志: what was done on this computer, whether the chain holds, and the chain as a file. */
export function LogScreen() {
  const { t } = useTexts();
  const [limit, setLimit] = useState(PAGE);
  const page = useQuery("log.list", { offset: 0, limit }, { keep: true });
  return (
    <Page title={t("log.title")} narrow>
      <p className="soft">{t("log.hint")}</p>
      <CheckPart />
      <section className="card flush" aria-label={t("log.lines")}>
        <h2 className="list-title">{t("log.lines")}</h2>
        <Loaded query={page}>
          {(data) => (
            <>
              <ul className="list">{data.rows.map((row) => <Line key={row.seq} row={row} />)}</ul>
              <div className="list-title"><More total={data.total} shown={data.rows.length} onMore={() => setLimit(Math.min(500, limit + PAGE))} /></div>
            </>
          )}
        </Loaded>
      </section>
      <AnchorPart />
    </Page>
  );
}

function Line({ row }: { row: LogRow }) {
  const texts = useTexts();
  const { t, code, has, date, pair, several } = texts;
  const told = Object.entries(row.params).filter(([name]) => name !== "profile" || row.profile === null);
  return (
    <li className="line">
      <span className="what">
        {has(`log.code_${row.code}`) ? code("log", `code_${row.code}`) : row.code}
        <span className="block soft">
          {[t("log.line", { n: row.seq }), date(row.on), row.profile ? t("profile.declaredAs", { name: row.profile }) : ""].filter(Boolean).join(" · ")}
        </span>
        {told.length > 0 ? <span className="block soft">{several(told.map(([name, value]) => pair(has(`log.param_${name}`) ? code("log", `param_${name}`) : name, valueWords(texts, name, value))))}</span> : null}
      </span>
    </li>
  );
}

/** A value in words where there is one; numbers of computers and records are cut short. */
function valueWords({ code, has }: Texts, name: string, value: string): string {
  if (name === "why" && has(`log.why_${value}`)) return code("log", `why_${value}`);
  if (name === "what" && has(`order.${value}`)) return code("order", value);
  if (name === "book" && has(`book.${value}`)) return code("book", value);
  return value.length > 16 ? `${value.slice(0, 12)}…` : value;
}

function CheckPart() {
  const { t } = useTexts();
  const ask = useAsk();
  const [anchor, setAnchor] = useState("");
  const [report, setReport] = useState<LogReport | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const told = (work: Promise<void>) => work.then(() => setFailed(null), setFailed);
  return (
    <section className="card stack" aria-label={t("log.check")}>
      <h2>{t("log.check")}</h2>
      <TextField label={t("log.anchor")} value={anchor} onChange={setAnchor} hint={t("log.anchorHint")}
        error={failed && toDto(failed).field === "anchors" ? t("log.anchorOdd") : undefined} />
      <div className="row">
        <Button onClick={() => void told(ask("log.verify", { anchors: anchor.trim() === "" ? [] : [anchor.trim()] }).then(setReport))}>{t("log.verify")}</Button>
        <Button onClick={() => void told(ask("log.export", nothing).then((file: FileOutput) => saveFile(file)))}>{t("log.export")}</Button>
      </div>
      {report ? (
        <div role="status">
          {report.sound ? <Notice tone="green">{t("log.sound", { n: report.lines })}</Notice> : null}
          {report.missing.length > 0 ? <Notice tone="red" alert>{t("log.missing")}</Notice> : null}
          {!report.sound && report.missing.length === 0 ? <Notice tone="red" alert>{t("log.broken", { n: report.broken })}</Notice> : null}
        </div>
      ) : null}
      {failed && toDto(failed).field !== "anchors" ? <ErrorNotice error={failed} /> : null}
    </section>
  );
}

/** What this computer knows of the logs of those that receipted, to be read out on request. */
function AnchorPart() {
  const { t, date } = useTexts();
  const anchors = useQuery("log.anchors", nothing);
  const rows = anchors.data ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="card stack" aria-label={t("log.others")}>
      <h2>{t("log.others")}</h2>
      <p className="soft">{t("log.othersHint")}</p>
      <ul className="stack tight">
        {rows.map((row) => <li key={row.head}><strong>{row.office}</strong> <span className="soft">{date(row.on)}</span><span className="block mono wrap">{row.head}</span></li>)}
      </ul>
    </section>
  );
}
