import { useState } from "react";
import type { SnapshotView } from "../../api/generated/SnapshotView";
import { Mark } from "../../components";
import { useTexts } from "../../locales";
import { asOf, changeOf, figureOf, headLine, metricDefinition, metricName, rateOf } from "./figures";

const counted = (view: SnapshotView) => view.rows.find((row) => row.metric === "members")?.numerator ?? null;

/** Head line, figures and sources of a snapshot, before and after it is signed. */
export function SnapshotTable({ view }: { view: SnapshotView }) {
  const texts = useTexts();
  const { t, date, code } = texts;
  const [open, setOpen] = useState<number | null>(null);
  const day = asOf(view.inputs);
  return (
    <>
      <div className="card stack tight">
        <strong>{headLine(texts, view.inputs)}</strong>
        <span className="soft">{t("snapshot.missingNotZero")} {t("snapshot.rules", { version: view.ruleVersion })}</span>
        {view.membersOnce === null || view.membersOnce === counted(view) ? null : <span className="soft">{t("snapshot.membersOnce", { n: view.membersOnce })}</span>}
        {view.concernsOnce === null ? null : <span className="soft">{t("snapshot.concernsOnce", { once: view.concernsOnce.once ?? t("snapshot.hidden"), each: view.concernsOnce.each ?? t("snapshot.hidden") })}</span>}
      </div>
      <div className="card flush scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("snapshot.metric")}</th>
              <th scope="col" className="num">{t("snapshot.figure")}</th>
              <th scope="col" className="num">{t("snapshot.rate")}</th>
              <th scope="col">{t("snapshot.asOf")}</th>
              <th scope="col" className="num">{t("snapshot.sources")}</th>
              <th scope="col" className="num">{t("snapshot.change")}</th>
              <th scope="col">{t("snapshot.definition")}</th>
            </tr>
          </thead>
          <tbody>
            {view.rows.map((row, index) => [
              <tr key={`${row.metric} ${row.month ?? ""}`}>
                <th scope="row">{metricName(texts, row)}{row.month ? ` ${date(row.month)}` : ""}</th>
                <td className="num">{figureOf(texts, row)}</td>
                <td className="num">{rateOf(texts, row)}</td>
                <td className="nowrap">{date(day)}</td>
                <td className="num">{row.sources}</td>
                <td className="num">{changeOf(texts, row)}</td>
                <td>
                  <button type="button" className="plain-button nowrap" aria-expanded={open === index} aria-label={`${t("snapshot.definition")} ${metricName(texts, row)}`}
                    onClick={() => setOpen(open === index ? null : index)}>
                    {t("snapshot.definition")}{open === index ? "▾" : "▸"}
                  </button>
                </td>
              </tr>,
              open === index ? <tr key={`${row.metric} definition`}><td colSpan={7} className="prose">{metricDefinition(texts, row)}</td></tr> : null,
            ])}
          </tbody>
        </table>
      </div>
      <section className="card flush" aria-label={t("snapshot.inputs")}>
        <h2 className="list-title">{t("snapshot.inputs")}</h2>
        <ul className="list">
          {view.inputs.map((input) => (
            <li key={input.office ?? input.name} className="line">
              <span className="what">{input.name} <span className="soft">{input.asOf ? t("ledger.asOf", { date: date(input.asOf) }) : ""}</span></span>
              <Mark tone={input.cause === null ? "green" : "grey"} glyph={input.cause === null ? "check" : "info"}>
                {input.cause === null ? t("snapshot.included") : code("snapshot", input.cause)}
              </Mark>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
