/** What the charts draw, as numbers. */
import type { Calendar } from "../../api/generated/Calendar";
import type { CellState } from "../../api/generated/CellState";
import type { FlowRates } from "../../api/generated/FlowRates";
import type { Matrix } from "../../api/generated/Matrix";
import type { Texts } from "../../locales";
import { plus, weeksFrom } from "../calendar/days";
import { kinds } from "../calendar/words";
import type { Drawn } from "./model";

/** How far ahead deadlines are drawn. */
export const WEEKS = 12;
export type By = "month" | "unit";

const states: readonly { state: CellState; colour: Drawn["series"][number]["colour"] }[] = [
  { state: "accepted", colour: "green" }, { state: "submitted", colour: "blue" }, { state: "recorded", colour: "primary" },
  { state: "returned", colour: "red" }, { state: "missing", colour: "yellow" }, { state: "unknown", colour: "grey" },
];

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

const colours = ["green", "blue", "yellow"] as const;

/** Rates as lines over months, as bars beside each other over units; the total stands in the table. What has no denominator has no point. */
export function closure({ t, date }: Texts, rates: FlowRates, by: By): Drawn {
  const percent = (tenths: number | null | undefined) => (tenths === null || tenths === undefined ? null : tenths / 10);
  const label = (row: FlowRates["rows"][number]) => (by === "unit" ? row.officeName || t("charts.unnamed") : date(row.month));
  const rows = rates.rows.map((row) => [label(row), row.rates] as const);
  const said = (of: FlowRates["total"]) => rates.rates.map((_, index) => {
    const one = of[index];
    const value = percent(one?.tenths);
    return one === undefined || value === null ? t("charts.noRate") : t("charts.rate", { rate: `${value.toFixed(1)}%`, numerator: one.numerator, denominator: one.denominator });
  });
  return {
    kind: by === "unit" ? "beside" : "lines",
    first: t(by === "unit" ? "charts.unit" : "charts.month"),
    unit: "%",
    most: 100,
    labels: rows.map(([name]) => name),
    series: rates.rates.map((rate, index) => ({ name: rate.name, colour: colours[index % colours.length] ?? "grey", values: rows.map(([, of]) => percent(of[index]?.tenths)) })),
    cells: rows.map(([, of]) => said(of)),
    ...(rows.length > 0 ? { foot: [t("charts.total"), ...said(rates.total)] } : {}),
  };
}
