import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useList, useOffice, useQuery, useRecords } from "../../api";
import type { PlannedRow } from "../../api/generated/PlannedRow";
import type { PlanSlot } from "../../api/generated/PlanSlot";
import type { SessionKind } from "../../api/generated/SessionKind";
import type { YearPlan } from "../../api/generated/YearPlan";
import { Blank, ErrorNotice, type GlyphName, Loaded, Mark, Page, Paged, RecordMarks, type Tone, useToast } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { Arrange } from "./Arrange";
import { HoldButton } from "./HoldButton";
import { MeetingTabs } from "./MeetingTabs";
import { PlannedDialog } from "./PlannedDialog";
import { sessionName } from "./kinds";
import "./plan.css";

interface State {
  tone: Tone;
  glyph: GlyphName;
  text: "plan.held" | "plan.planned" | "plan.open" | "plan.none";
}

const none: State = { tone: "grey", glyph: "minus", text: "plan.none" };
const states: Record<string, State> = {
  held: { tone: "green", glyph: "check", text: "plan.held" },
  planned: { tone: "blue", glyph: "pen", text: "plan.planned" },
  open: { tone: "grey", glyph: "info", text: "plan.open" },
};

/** `3月`, `第1季度`, `全年` */
export function periodName({ t, month }: Texts, period: string): string {
  const quarter = /-Q(\d)$/.exec(period)?.[1];
  if (quarter) return t("plan.quarter", { n: quarter });
  const of = /^\d{4}-(\d{2})$/.exec(period)?.[1];
  return of ? month(Number(of)) : t("plan.wholeYear");
}

/** 计划: what the rules ask of each period beside what is there, and the rest of the year arranged in one go. */
export function PlanScreen() {
  const { t } = useTexts();
  const { year } = useOffice();
  const records = useRecords();
  const plan = useQuery("meeting.plan", listInput({ year }));
  return (
    <Page title={t("plan.title")}>
      <MeetingTabs here="plan" />
      <p className="soft">{t("plan.intro")}</p>
      <Loaded query={plan}>
        {(data) => (
          <>
            {!records ? null : <Arrange key={data.year} plan={data} />}
            <Slots plan={data} />
            <PlannedList year={data.year} first={data.planned} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Slots({ plan }: { plan: YearPlan }) {
  const { t } = useTexts();
  const lines: { kind: SessionKind; group: string; slots: PlanSlot[] }[] = [];
  for (const slot of plan.slots) {
    const line = lines.find((one) => one.kind === slot.kind && one.group === slot.group);
    if (line) line.slots.push(slot);
    else lines.push({ kind: slot.kind, group: slot.group, slots: [slot] });
  }
  return (
    <ul className="card flush list">
      {lines.map((line) => (
        <li key={`${line.kind} ${line.group}`} className="stack tight">
          <h2 className="plan-kind">{t(`meeting.${line.kind}`)}{line.group ? ` · ${line.group}` : ""}</h2>
          <ul className="plan-slots">{line.slots.map((slot) => <Slot key={slot.period} slot={slot} />)}</ul>
          <Cited plan={plan} id={line.slots[0]?.rule ?? ""} />
        </li>
      ))}
    </ul>
  );
}

function Slot({ slot }: { slot: PlanSlot }) {
  const texts = useTexts();
  const state = states[slot.state] ?? none;
  const name = periodName(texts, slot.period);
  const words = <Mark tone={state.tone} glyph={state.glyph}>{texts.t(state.text)}</Mark>;
  const first = slot.held[0];
  return (
    <li className="plan-slot">
      <span className="soft">{name}</span>
      {first ? <Link to="/meeting" search={{ id: first }} aria-label={`${name} ${texts.t(state.text)}`}>{words}</Link> : words}
    </li>
  );
}

function Cited({ plan, id }: { plan: YearPlan; id: string }) {
  const { t } = useTexts();
  const rule = plan.rules.find((one) => one.id === id);
  return rule ? <p className="soft">{t("roll.source", { citation: rule.citation, version: rule.version })}</p> : null;
}

function PlannedList({ year, first }: { year: number; first: readonly PlannedRow[] }) {
  const { t } = useTexts();
  const list = useList("meeting.planned", listInput({ year }));
  const writes = useRecords();
  const { id } = useSearch({ strict: false });
  // One that is asked for from elsewhere may be further down than what is shown.
  const [open, setOpen] = useState(id);
  const asked = first.find((row) => writes && row.id === open && !row.session && !row.dropped);
  return (
    <section className="stack" aria-labelledby="plan-list">
      <h2 id="plan-list">{t("plan.list")}</h2>
      {list.data?.total === 0 ? <Blank>{t("plan.listNone")}</Blank> : <Paged list={list}>{(row) => <PlannedLine key={row.id} row={row} />}</Paged>}
      {asked ? <PlannedDialog row={asked} onClose={() => setOpen(undefined)} /> : null}
    </section>
  );
}

function PlannedLine({ row }: { row: PlannedRow }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const writes = useRecords();
  const drop = useCommand("meeting.plan_drop");
  const [editing, setEditing] = useState(false);
  const name = [sessionName(texts, row), row.lead].filter(Boolean).join(" · ");
  return (
    <li className="line">
      <span className="what">{name}</span>
      <span className="row">
        <RecordMarks custodian={row.custodian} conflict={row.conflict} />
        {row.dropped ? <Mark tone="grey" glyph="minus">{t("plan.dropped")}</Mark> : null}
        {row.session ? <Link to="/meeting" search={{ id: row.session }} className="ant-btn">{t("plan.seeSession")}</Link> : null}
        {writes && !row.session && !row.dropped ? <HoldButton id={row.id} name={name} /> : null}
        {writes && !row.session && !row.dropped ? <Button aria-label={`${t("plan.edit")} ${name}`} onClick={() => setEditing(true)}>{t("plan.edit")}</Button> : null}
        {writes && !row.session ? (
          <Button loading={drop.isPending} aria-label={`${t(row.dropped ? "plan.restore" : "plan.drop")} ${name}`}
            onClick={() => drop.mutate({ id: row.id, dropped: !row.dropped }, { onSuccess: () => say(t("common.saved")) })}>
            {t(row.dropped ? "plan.restore" : "plan.drop")}
          </Button>
        ) : null}
      </span>
      {drop.isError ? <ErrorNotice error={drop.error} /> : null}
      {editing ? <PlannedDialog row={row} onClose={() => setEditing(false)} /> : null}
    </li>
  );
}
