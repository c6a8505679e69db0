import type { Sheet } from "../../api/generated/Sheet";
import type { SheetCell } from "../../api/generated/SheetCell";
import type { SheetPart } from "../../api/generated/SheetPart";
import type { SheetTable } from "../../api/generated/SheetTable";
import { useTexts } from "../../locales";
import { formRows, isNumber, written } from "./cells";
import "./paper.css";

/** Columns from which a table is set in small type. */
const dense = 12;

/** A sheet as it will be on paper: the same on screen and printed, black on white in every theme. */
export function Paper({ sheet }: { sheet: Sheet }) {
  const { t } = useTexts();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="paper-scroll" role="group" aria-label={t("sheet.preview")} tabIndex={0}>
      <style>{`@page { size: A4 ${sheet.landscape ? "landscape" : "portrait"}; margin: 12mm; }`}</style>
      {/* Printed by the browser it would look whole. */}
      {sheet.leftOut > 0 ? <p className="print-only paper-cut">{t("sheet.leftOutPaper", { n: sheet.leftOut })}</p> : null}
      <article className={sheet.landscape ? "paper landscape" : "paper"} lang="zh-CN">
        {sheet.parts.map((part, index) => <Part key={part.record ?? `${index} ${part.heading}`} sheet={sheet} part={part} />)}
      </article>
    </div>
  );
}

function Part({ sheet, part }: { sheet: Sheet; part: SheetPart }) {
  return (
    <section className="paper-part">
      <h2>{sheet.title}</h2>
      <p className="paper-line">
        <span>单位:{sheet.office}</span>
        <span>制表日期:{sheet.madeOn}</span>
        {sheet.private ? <strong className="paper-private">只留本村</strong> : null}
      </p>
      {part.heading && part.heading !== sheet.title ? <h3>{part.heading}</h3> : null}
      {part.facts.length > 0 ? (
        <table className="paper-form">
          <colgroup><col className="label" /><col /><col className="label" /><col /></colgroup>
          <tbody>
            {formRows(part.facts).map((row) => (
              <tr key={row[0]?.key} className={row[0]?.wide ? "wide" : undefined}>
                {row.map((fact) => [
                  <th key={`${fact.key} label`} scope="row">{fact.label}</th>,
                  <td key={fact.key} colSpan={row.length === 1 ? 3 : 1}>{written(fact.value)}</td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {part.tables.map((table) => <Ledger key={table.key} table={table} />)}
      {part.notes.map((note, index) => <p key={`${index} ${note}`} className="paper-note">{note}</p>)}
      {part.signatures.length > 0 ? (
        <div className="paper-signatures">{part.signatures.map((who) => <span key={who}>{who}:</span>)}</div>
      ) : null}
    </section>
  );
}

function Ledger({ table }: { table: SheetTable }) {
  const all = table.columns.reduce((sum, column) => sum + column.weight, 0);
  const cells = (row: readonly SheetCell[]) => row.map((cell, index) => (
    <td key={table.columns[index]?.key ?? index} className={isNumber(cell) ? "num" : cell.type === "date" ? "day" : undefined}>{written(cell)}</td>
  ));
  return (
    <table className={table.columns.length > dense ? "paper-table dense" : "paper-table"}>
      {table.heading ? <caption>{table.heading}</caption> : null}
      <colgroup>{table.columns.map((column) => <col key={column.key} style={{ width: `${(column.weight / all) * 100}%` }} />)}</colgroup>
      <thead><tr>{table.columns.map((column) => <th key={column.key} scope="col">{column.label}</th>)}</tr></thead>
      <tbody>
        {table.rows.length === 0 ? <tr><td colSpan={table.columns.length} className="none">无</td></tr> : null}
        {table.rows.map((row, index) => <tr key={index}>{cells(row)}</tr>)}
        {/* Not a foot: that would stand on every page. */}
        {table.total ? <tr className="total">{cells(table.total)}</tr> : null}
      </tbody>
    </table>
  );
}
