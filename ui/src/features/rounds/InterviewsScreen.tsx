import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useOffice, useQuery, useRecords } from "../../api";
import type { InterviewRow } from "../../api/generated/InterviewRow";
import type { Round } from "../../api/generated/Round";
import { Blank, Glyph, Loaded, Mark, Page, SelectField, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { nameOf } from "../flow/names";
import { CalendarPart } from "./CalendarPart";
import { IssueButton } from "./IssueButton";
import { FlowLink, Offs, StateMark, useAbove, years } from "./parts";
import { PlanDialog } from "./PlanDialog";

type Tab = "round" | "calendar" | "own";

/** 约谈: the month's round with its units and findings, and the two months that follow. */
export function InterviewsScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { office, overview } = useOffice();
  const above = useAbove();
  const under = office?.superior !== null && office?.superior !== undefined;
  const tabs: Tab[] = above ? (under ? ["round", "calendar", "own"] : ["round", "calendar"]) : ["own", "calendar"];
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0] ?? "round";
  const today = overview?.today ?? "2026-01-01";
  const [month, setMonth] = useState(search.id && /^\d{4}-\d{2}$/.test(search.id) ? search.id : today.slice(0, 7));
  return (
    <Page title={t("rounds.interviews")}>
      <Tabs<Tab> label={t("rounds.interviews")} value={tab} options={tabs.map((value) => ({ value, label: t(`rounds.tab_${value}`) }))}
        onChange={(value) => void navigate({ to: "/interviews", search: { tab: value } })} />
      {tab === "calendar" ? <CalendarPart own={!above} today={today} /> : <RoundPart key={tab} month={month} own={tab === "own"} today={today} onMonth={setMonth} />}
    </Page>
  );
}

function RoundPart({ month, own, today, onMonth }: { month: string; own: boolean; today: string; onMonth: (month: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const round = useQuery("interview.round", { month, own });
  const writes = useRecords() && !own;
  const [planning, setPlanning] = useState(false);
  return (
    <>
      <div className="fields one"><SelectField label={t("common.year")} value={month.slice(0, 4)} options={years(today)} onChange={(year) => onMonth(`${year}-${month.slice(5)}`)} /></div>
      <Loaded query={round}>{(found) => (
        <>
          <Months round={found} month={month} onMonth={onMonth} />
          {found.without.length > 0 && !own ? <p><Mark tone="yellow" glyph="info">{t("rounds.without", { months: texts.several(found.without.map((one) => texts.month(one))) })}</Mark></p> : null}
          <section className="stack" aria-labelledby="round-units">
            <div className="row apart">
              <h2 id="round-units">{t(own ? "rounds.ownOf" : "rounds.roundOf", { month: texts.date(found.month) })}</h2>
              {writes ? <Button type="primary" onClick={() => setPlanning(true)}>{t("rounds.plan")}</Button> : null}
            </div>
            <p className="soft">{t("rounds.rule", { min: found.rules.unitsMin, max: found.rules.unitsMax, report: found.rules.reportMinutes, questions: found.rules.questionMinutes })} {t("rounds.source", { source: found.rules.citation })}</p>
            <Offs offs={found.offs} />
            {found.units.length === 0 ? <Blank>{t(own ? "rounds.noneOwn" : "rounds.none")}</Blank> : found.units.map((unit) => <Interview key={unit.item.id} unit={unit} own={own} />)}
          </section>
          {planning ? <PlanDialog round={found} onClose={() => setPlanning(false)} /> : null}
        </>
      )}</Loaded>
    </>
  );
}

function Months({ round, month, onMonth }: { round: Round; month: string; onMonth: (month: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <div className="months" role="group" aria-label={t("rounds.months")}>
      {round.months.map((one) => {
        const value = `${month.slice(0, 4)}-${String(one.month).padStart(2, "0")}`;
        return (
          <button key={one.month} type="button" aria-pressed={value === month} onClick={() => onMonth(value)}>
            <span>{texts.month(one.month)}</span>
            <span className="soft">{one.units === 0 && one.held === 0 ? "—" : t("rounds.heldOf", { held: one.held, units: one.units })}</span>
          </button>
        );
      })}
    </div>
  );
}

function Interview({ unit, own }: { unit: InterviewRow; own: boolean }) {
  const texts = useTexts();
  const { t, date } = texts;
  const { item } = unit;
  const records = useRecords();
  const name = own ? item.title : item.officeName;
  const held = unit.heldOn !== null;
  return (
    <article className="card stack" aria-label={name}>
      <div className="row apart">
        <h3>{name}</h3>
        <StateMark row={item} />
      </div>
      <p>
        {held ? t("rounds.heldLine", { date: date(unit.heldOn), by: unit.heldBy, report: unit.reportMinutes, questions: unit.questionMinutes }) : t("rounds.plannedLine", { date: date(unit.plannedOn) })}
        {unit.topics.length > 0 ? ` ${t("rounds.topicsLine", { topics: texts.several(unit.topics.map((topic) => nameOf(texts, topic))) })}` : ""}
      </p>
      <Offs offs={unit.offs} />
      {unit.findings.length > 0 ? (
        <ul className="plain stack tight" aria-label={t("rounds.findings")}>
          {unit.findings.map((finding) => (
            <li key={finding.id} className="row">
              <Glyph name={finding.item === null ? "pen" : "check"} />
              <span><strong>{nameOf(texts, finding.topic)}</strong> {finding.note}</span>
              {finding.item === null ? <Mark tone="yellow" glyph="info">{t("rounds.notListed")}</Mark> : <Mark tone="grey" glyph="info">{nameOf(texts, finding.stateName)}</Mark>}
            </li>
          ))}
        </ul>
      ) : null}
      {unit.listed > 0 ? <p className="soft">{t("rounds.listLine", { listed: unit.listed, reported: unit.reported, closed: unit.closed })}</p> : null}
      <div className="row">
        <FlowLink id={item.id} label={t("rounds.look")} name={name} />
        {records && !own && !held ? <FlowLink id={item.id} event="hold" label={t("rounds.hold")} name={name} /> : null}
        {records && !own && held && !item.ended ? <FlowLink id={item.id} event="find" label={t("rounds.find")} name={name} /> : null}
        {records && !own && unit.waiting > 0 ? <IssueButton unit={unit} /> : null}
      </div>
    </article>
  );
}
