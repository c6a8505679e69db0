import { useState } from "react";
import { useOffice, useQuery } from "../../api";
import type { FlowRate } from "../../api/generated/FlowRate";
import type { FlowRates } from "../../api/generated/FlowRates";
import { Blank, Choice, Filters, Loaded, SelectField } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { Scroll } from "../dues/Scroll";
import { nameOf } from "../flow/names";
import { monthsOf, unitsOf } from "./rates";

/** 90.0%, 180/200: never a rate without what it is of. */
export function Share({ rate }: { rate: FlowRate | undefined }) {
  if (!rate || rate.denominator === 0) return <>—</>;
  return <>{rate.tenths === null ? null : <strong className="block">{(rate.tenths / 10).toFixed(1)}%</strong>}<span className="soft">{rate.numerator}/{rate.denominator}</span></>;
}

/** 办结率, 满意率 by unit and month, as of a day; units in the order of the tree. */
export function RatesPart({ flow, start }: {
  flow: string;
  /** Whose rates come first; none: an office that has nobody below it. */
  start: "own" | "below" | null;
}) {
  const texts = useTexts();
  const { t } = texts;
  const { year, overview } = useOffice();
  const of = year ?? Number((overview?.today ?? "").slice(0, 4));
  const [whose, setWhose] = useState<"own" | "below">(start ?? "own");
  const [shown, setShown] = useState("");
  const [from, setFrom] = useState(1);
  const [to, setTo] = useState(12);
  const below = whose === "below";
  const by = below ? "office" : "unit";
  const span = { flow, below, office: null, desk: null, from: iso(of, Math.min(from, to)), to: iso(of, Math.max(from, to)), asOf: "" };
  const cells = useQuery("flow.rates", { ...span, by: [by, "month"] }, { keep: true });
  const sums = useQuery("flow.rates", { ...span, by: [by] }, { keep: true });
  const each = useQuery("flow.rates", { ...span, by: ["month"] }, { keep: true });
  const months = Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1), label: `${of} ${texts.month(n + 1)}` }));
  return (
    <>
      <Filters chosen={[start ? t(`flow.whose_${whose}`) : "", `${of} ${texts.month(Math.min(from, to))}–${texts.month(Math.max(from, to))}`]}>
        {start ? <SelectField<"own" | "below"> label={t("flow.whose")} value={whose} onChange={setWhose} options={(["own", "below"] as const).map((value) => ({ value, label: t(`flow.whose_${value}`) }))} /> : null}
        <SelectField label={t("cases.ratesFrom")} value={String(from)} options={months} onChange={(value) => setFrom(Number(value))} />
        <SelectField label={t("cases.ratesTo")} value={String(to)} options={months} onChange={(value) => setTo(Number(value))} />
      </Filters>
      <Loaded query={cells}>
        {(found) => <Loaded query={sums}>{(total) => <Loaded query={each}>{(monthly) => <Table cells={found} sums={total} each={monthly} shown={shown} onShown={setShown} texts={texts} />}</Loaded>}</Loaded>}
      </Loaded>
    </>
  );
}

function iso(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, "0")}`;
}

function Table({ cells, sums, each, shown, onShown, texts }: { cells: FlowRates; sums: FlowRates; each: FlowRates; shown: string; onShown: (rate: string) => void; texts: Texts }) {
  const { t, date, code, has } = texts;
  const at = Math.max(0, cells.rates.findIndex((one) => one.id === shown));
  const rate = cells.rates[at];
  const months = monthsOf(cells.rows);
  const units = unitsOf(sums.rows);
  if (!rate) return <Blank>{t("cases.ratesEmpty")}</Blank>;
  const total = cells.total[at];
  return (
    <>
      {cells.rates.length > 1 ? <Choice label={t("cases.rate")} value={rate.id} onChange={onShown} options={cells.rates.map((one) => ({ value: one.id, label: nameOf(texts, one.name) }))} /> : null}
      <p className="soft">{[t(cells.flow === "case" ? "cases.ratesAsOf" : "flow.ratesAsOf", { date: date(cells.asOf) }), cells.flow === "case" && has(`cases.formula_${rate.id}`) ? code("cases", `formula_${rate.id}`) : "", t("cases.ratesOrder")].filter(Boolean).join(" ")}</p>
      {!total || total.denominator === 0 ? <Blank>{t("cases.ratesEmpty")}</Blank> : (
        <Scroll label={nameOf(texts, rate.name)} flush>
          <table className="table">
            <thead>
              <tr><th scope="col">{t("flow.unit")}</th><th scope="col" className="num">{t("cases.ratesTotal")}</th>{months.map((month) => <th key={month} scope="col" className="num">{texts.month(Number(month.slice(5)))}</th>)}</tr>
            </thead>
            <tbody>
              <tr><th scope="row">{t("cases.ratesTotal")}</th><td className="num"><Share rate={total} /></td>{months.map((month) => <td key={month} className="num"><Share rate={each.rows.find((one) => one.month === month)?.rates[at]} /></td>)}</tr>
              {units.map(({ id, name, row }) => (
                <tr key={id}>
                  <th scope="row">{name || t("cases.noUnit")}</th>
                  <td className="num"><Share rate={row.rates[at]} /></td>
                  {months.map((month) => <td key={month} className="num"><Share rate={cells.rows.find((one) => (one.office || one.unit) === id && one.month === month)?.rates[at]} /></td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
}
