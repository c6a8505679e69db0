import { useState } from "react";
import { useOffice, useQuery } from "../../api";
import { Choice, Loaded } from "../../components";
import { useTexts } from "../../locales";
import { ChartCard } from "./ChartCard";
import { type By, closure } from "./numbers";

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
          what={`${t(by === "unit" ? "charts.closureUnits" : "charts.closureWhat", { year: year ?? "" })}${texts.language === "en" ? ". " : "。"}${t("charts.asOf", { date: date(data.asOf) })}`} />
      )}
    </Loaded>
  );
}
