import { Button } from "antd";
import { useState } from "react";
import { useOffice, useQuery, useRecords } from "../../api";
import type { ProjectRow } from "../../api/generated/ProjectRow";
import { Blank, Loaded, Mark, Page, SelectField, TextField, Turn } from "../../components";
import { useTexts } from "../../locales";
import { DueLine } from "../flow/DueLine";
import { nameOf } from "../flow/names";
import { OpenDialog } from "../flow/OpenDialog";
import { everyUnit, FlowLink, StateMark, useAbove, years } from "./parts";

const size = 50;

/** 项目: who leads and who carries out, what was reported each half year and exchanged each quarter. */
export function ProjectsScreen() {
  const texts = useTexts();
  const { t } = texts;
  const { overview } = useOffice();
  const above = useAbove();
  const today = overview?.today ?? "2026-01-01";
  const [year, setYear] = useState(today.slice(0, 4));
  const [text, setText] = useState("");
  const [offset, setOffset] = useState(0);
  const [opening, setOpening] = useState(false);
  const found = useQuery("project.list", { year: Number(year), below: above, part: { ...everyUnit, text: text.trim() || null, offset, limit: size } }, { keep: true });
  const templates = useQuery("flow.templates", { office: null, desk: false });
  const template = templates.data?.find((one) => one.id === "project");
  return (
    <Page title={t("rounds.projects")} writes actions={template ? <Button type="primary" onClick={() => setOpening(true)}>{t("rounds.projectOpen")}</Button> : null}>
      <div className="fields">
        <SelectField label={t("common.year")} value={year} options={years(today)} onChange={(next) => { setYear(next); setOffset(0); }} />
        <TextField label={t("flow.filter")} value={text} onChange={(next) => { setText(next); setOffset(0); }} />
      </div>
      <Loaded query={found}>{(list) => (
        <>
          <p className="soft">{t("rounds.inStepLine", { what: texts.several(list.inStep.map((one) => nameOf(texts, one))) })} {t("rounds.source", { source: list.citation })}</p>
          {list.rows.length === 0 ? <Blank>{t("rounds.projectNone")}</Blank> : list.rows.map((row) => <Project key={row.item.id} row={row} year={year} above={above} />)}
          <Turn offset={offset} size={size} total={list.total} onTurn={setOffset} />
        </>
      )}</Loaded>
      {opening && template ? <OpenDialog template={template} onClose={() => setOpening(false)} /> : null}
    </Page>
  );
}

function Project({ row, year, above }: { row: ProjectRow; year: string; above: boolean }) {
  const texts = useTexts();
  const { t, date } = texts;
  const records = useRecords();
  const name = row.item.title;
  const running = row.item.state === "running";
  return (
    <article className="card stack" aria-label={name}>
      <div className="row apart"><h2>{name}</h2><StateMark row={row.item} /></div>
      <dl className="letter-lists">
        {([["lead", row.lead || row.item.leader], ["executor", row.executor || row.item.officeName], ["measure", row.measure]] as const).map(([key, word]) => (word ? [<dt key={`${key} t`}>{t(`rounds.project_${key}`)}</dt>, <dd key={key}>{word}</dd>] : null))}
        {row.inStep.map((one) => [<dt key={`${one.key} t`}>{t(`flowField.${one.key as "style"}`)}</dt>, <dd key={one.key}>{date(one.on)} {one.note}</dd>])}
      </dl>
      {row.deadlines.map((due) => <DueLine key={due.id} due={due} />)}
      <ol className="row plain" aria-label={t("rounds.quarters", { year })}>
        {[1, 2, 3, 4].map((quarter) => {
          const of = row.exchanges.filter((one) => one.quarter === quarter);
          return <li key={quarter}><Mark tone={of.length > 0 ? "green" : "grey"} glyph={of.length > 0 ? "check" : "info"}>{t("rounds.quarter", { quarter, n: of.length })}</Mark></li>;
        })}
      </ol>
      {[...row.exchanges, ...row.reviews].length > 0 ? (
        <ul className="plain stack tight" aria-label={t("rounds.said")}>
          {row.exchanges.map((one, n) => <li key={`e${n}`}><strong>{date(one.on)} {one.commentBy || one.person || (one.bySuperior ? "" : row.item.officeName)}</strong> {one.note}</li>)}
          {row.reviews.map((one, n) => <li key={`r${n}`}><Mark tone="blue" glyph="eye">{t("rounds.thirdParty")}</Mark> <strong>{date(one.on)} {one.person}({one.role})</strong> {one.note}</li>)}
        </ul>
      ) : null}
      <div className="row">
        <FlowLink id={row.item.id} label={t("rounds.look")} name={name} />
        {records && running ? <FlowLink id={row.item.id} event="exchange" label={t("rounds.exchange")} name={name} /> : null}
        {records && running && !above ? <FlowLink id={row.item.id} event="report" label={t("rounds.halfYear")} name={name} /> : null}
      </div>
    </article>
  );
}
