import { Button } from "antd";
import { useState } from "react";
import { useOffice, useQuery } from "../../api";
import type { CellState } from "../../api/generated/CellState";
import type { Matrix } from "../../api/generated/Matrix";
import { Choice, Loaded, Page } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { plus, weeksFrom } from "../calendar/days";
import { kinds } from "../calendar/words";
import type { Calendar } from "../../api/generated/Calendar";
import { ChartCard } from "./ChartCard";
import { ClosureCard } from "./ClosureCard";
import type { Drawn } from "./model";
import "./charts.css";

const ledgers = ["meetings", "visits", "dues", "checklists"] as const;
type Ledger = (typeof ledgers)[number];
const states: readonly { state: CellState; colour: Drawn["series"][number]["colour"] }[] = [
  { state: "accepted", colour: "green" }, { state: "submitted", colour: "blue" }, { state: "recorded", colour: "primary" },
  { state: "returned", colour: "red" }, { state: "missing", colour: "yellow" }, { state: "unknown", colour: "grey" },
];
const WEEKS = 12;

/** 图表: closure over time, completeness by month, deadlines ahead. Units stand in tree order; people are never counted. */
export function ChartsScreen() {
  const { t } = useTexts();
  return (
    <Page title={t("charts.title")} links={<Button onClick={() => globalThis.print()}>{t("charts.print")}</Button>}>
      <Completeness />
      <Ahead />
      <ClosureCard />
    </Page>
  );
}

function Completeness() {
  const texts = useTexts();
  const { t } = texts;
  const { year } = useOffice();
  const [ledger, setLedger] = useState<Ledger>("meetings");
  const matrix = useQuery("matrix", { ledger, year }, { keep: true });
  const filters = (
    <div className="no-print"><Choice<Ledger> label={t("charts.ledger")} value={ledger} onChange={setLedger} options={ledgers.map((value) => ({ value, label: t(`ledger.${value}`) }))} /></div>
  );
  return (
    <Loaded query={matrix}>
      {(data) => <ChartCard title={t("charts.completeness")} what={t("charts.completenessWhat", { ledger: t(`ledger.${ledger}`), year: data.year })} drawn={completeness(texts, data)} filters={filters} />}
    </Loaded>
  );
}

/** In how many units each state stands, month by month. What is not due is left out. */
export function completeness({ t, month }: Texts, matrix: Matrix): Drawn {
  const months = Array.from({ length: 12 }, (_, index) => index);
  return {
    kind: "bars",
    first: t("charts.month"),
    unit: t("charts.units"),
    labels: months.map((index) => month(index + 1)),
    series: states.map(({ state, colour }) => ({ name: t(`ledger.${state}`), colour, values: months.map((index) => matrix.rows.filter((row) => row.cells[index]?.state === state).length) })),
  };
}

function Ahead() {
  const texts = useTexts();
  const { t, date } = texts;
  const { overview } = useOffice();
  const today = overview?.today ?? "2026-01-01";
  const query = useQuery("desk.calendar", { from: today, to: plus(today, WEEKS * 7 - 1), office: null, kinds: [] });
  return (
    <Loaded query={query}>
      {(data) => <ChartCard title={t("charts.ahead")} what={t("charts.aheadWhat", { date: date(today) })} drawn={ahead(texts, today, data)} />}
    </Loaded>
  );
}

const aheadColours: readonly Drawn["series"][number]["colour"][] = ["blue", "green", "yellow", "red", "primary", "grey", "inkSoft", "lineStrong", "seal"];

/** What is due each week, by kind; kinds without anything are left out. */
export function ahead({ t }: Texts, today: string, calendar: Calendar): Drawn {
  const weeks = weeksFrom(today, WEEKS);
  const count = (kind: string, from: string) => {
    const to = plus(from, 6);
    return calendar.entries.filter((entry) => entry.kind === kind && entry.day >= from && entry.day <= to).reduce((sum, entry) => sum + entry.units.length, 0);
  };
  const series = kinds.map((kind, index) => ({ name: t(`calendar.kind_${kind}`), colour: aheadColours[index] ?? ("grey" as const), values: weeks.map((week) => count(kind, week)) }));
  return {
    kind: "bars",
    first: t("charts.week"),
    unit: t("charts.count"),
    labels: weeks.map((week) => `${Number(week.slice(5, 7))}-${Number(week.slice(8))}`),
    series: series.filter((one) => one.values.some((value) => value > 0)),
  };
}
