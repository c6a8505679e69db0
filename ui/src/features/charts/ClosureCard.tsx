import { useState } from "react";
import { useOffice, useQuery } from "../../api";
import type { FlowRates } from "../../api/generated/FlowRates";
import { Choice, Loaded } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { ChartCard } from "./ChartCard";
import type { Drawn } from "./model";

type By = "month" | "unit";

/** 办结率 and 满意率 of cases: by month, or by unit in tree order. Each rate shows its numerator, its denominator and its day. */
export function ClosureCard() {
  const texts = useTexts();
  const { t, date } = texts;
  const { year } = useOffice();
  const [by, setBy] = useState<By>("month");
  const rates = useQuery("flow.rates", { flow: "case", below: by === "unit", office: null, desk: null, from: year ? `${year}-01` : null, to: year ? `${year}-12` : null, asOf: "", by: [by === "unit" ? "office" : "month"] }, { keep: true });
  const filters = (
    <div className="no-print"><Choice<By> label={t("charts.by")} value={by} onChange={setBy} options={[{ value: "month", label: t("charts.byMonth") }, { value: "unit", label: t("charts.byUnit") }]} /></div>
  );
  return (
    <Loaded query={rates}>
      {(data) => (
        <ChartCard title={t("charts.closure")} filters={filters} drawn={closure(texts, data, by)}
          what={`${t(by === "unit" ? "charts.closureUnits" : "charts.closureWhat", { year: year ?? "" })}。${t("charts.asOf", { date: date(data.asOf) })}`} />
      )}
    </Loaded>
  );
}

const colours = ["green", "blue", "yellow"] as const;

/** Rates as lines over months, as bars beside each other over units. A month without a denominator has no point. */
export function closure({ t, date }: Texts, rates: FlowRates, by: By): Drawn {
  const percent = (tenths: number | null | undefined) => (tenths === null || tenths === undefined ? null : tenths / 10);
  const label = (row: FlowRates["rows"][number]) => (by === "unit" ? row.officeName || t("charts.unnamed") : date(row.month));
  const total = [t("charts.total"), rates.total] as const;
  const rows = [...rates.rows.map((row) => [label(row), row.rates] as const), ...(rates.rows.length > 0 ? [total] : [])];
  return {
    kind: "lines",
    first: t(by === "unit" ? "charts.unit" : "charts.month"),
    unit: "%",
    most: 100,
    labels: rows.map(([name]) => name),
    series: rates.rates.map((rate, index) => ({ name: rate.name, colour: colours[index % colours.length] ?? "grey", values: rows.map(([, of]) => percent(of[index]?.tenths)) })),
    cells: rows.map(([, of]) => rates.rates.map((_, index) => {
      const one = of[index];
      const value = percent(one?.tenths);
      return one === undefined || value === null ? t("charts.noRate") : t("charts.rate", { rate: `${value.toFixed(1)}%`, numerator: one.numerator, denominator: one.denominator });
    })),
  };
}
