import { useEffect, useRef, useState } from "react";
import type { MatrixRow } from "../../api/generated/MatrixRow";
import { usePartKeys } from "../../components";
import { useTexts } from "../../locales";
import { symbols } from "./Symbol";
import { toUrge } from "./urge";

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** A keyboard grid: one tab stop at the month of today, arrows move, Enter opens the records. */
export function MatrixGrid({ rows, start, onOpen, onUrge }: {
  rows: readonly MatrixRow[];
  start: number;
  onOpen: (row: MatrixRow, month: number) => void;
  /** Asks for the polite text to one village. */
  onUrge: (row: MatrixRow) => void;
}) {
  const texts = useTexts();
  const { t, date } = texts;
  const [at, setAt] = useState({ row: 0, month: start });
  const table = useRef<HTMLTableElement>(null);
  const current = { row: Math.min(at.row, rows.length - 1), month: at.month };

  // On a narrow screen the month of today is not beyond the edge.
  useEffect(() => {
    const box = table.current?.parentElement;
    const head = table.current?.querySelectorAll<HTMLElement>("thead th")[start];
    if (box && head) box.scrollLeft = Math.max(0, head.offsetLeft + head.offsetWidth - box.clientWidth);
  }, [start]);

  function focus(row: number, month: number) {
    const next = { row: Math.max(0, Math.min(rows.length - 1, row)), month: Math.max(1, Math.min(12, month)) };
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${next.row}-${next.month}"]`)?.focus();
  }

  const { row: here, month: of } = current;
  const onKey = usePartKeys([
    { keys: ["ArrowUp", "ArrowDown"], label: "keys.vertical", act: (key) => focus(here + (key === "ArrowDown" ? 1 : -1), of) },
    { keys: ["ArrowLeft", "ArrowRight"], label: "keys.horizontal", act: (key) => focus(here, of + (key === "ArrowRight" ? 1 : -1)) },
    { keys: ["Home", "End"], label: "keys.ends", act: (key) => focus(here, key === "Home" ? 1 : 12) },
    { keys: ["PageUp", "PageDown"], label: "keys.pages", act: (key) => focus(here + (key === "PageDown" ? 10 : -10), of) },
  ]);

  function stateWords(row: MatrixRow, state: keyof typeof symbols): string {
    if (state !== "unknown") return t(`ledger.${state}`);
    if (row.office === null) return t("ledger.neverJoined");
    return row.asOf ? t("ledger.unknownSince", { date: date(row.asOf) }) : t("ledger.unknown");
  }

  return (
    <div className="card flush scroll">
      <table className="table matrix" role="grid" ref={table} onKeyDown={onKey}>
        <thead>
          <tr>
            <th scope="col" className="name">{t("ledger.village")}</th>
            {months.map((month) => <th key={month} scope="col">{texts.month(month)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.office ?? row.name}>
              <th scope="row" className="name">
                {row.name}
                {row.office !== null && toUrge(row) ? (
                  <button type="button" className="plain-button urge no-print" tabIndex={current.row === index ? 0 : -1} onFocus={() => setAt({ row: index, month: current.month })}
                    aria-label={t("urge.copyTo", { name: row.name })} title={t("urge.copy")} onClick={() => onUrge(row)}>{t("ledger.urge")}</button>
                ) : null}
                <span className="soft"> {row.office === null ? t("ledger.neverJoined") : row.cells.some((cell) => cell.state === "unknown") ? stateWords(row, "unknown") : ""}</span>
              </th>
              {months.map((month) => {
                const cell = row.cells[month - 1];
                if (!cell) return <td key={month} />;
                const label = t("ledger.cell", { name: row.name, month: texts.month(month), state: stateWords(row, cell.state), n: cell.count });
                return (
                  <td key={month}>
                    <button type="button" className={`sign sign-${cell.state}`} data-cell={`${index}-${month}`} title={stateWords(row, cell.state)}
                      tabIndex={current.row === index && current.month === month ? 0 : -1} onFocus={() => setAt({ row: index, month })}
                      aria-label={cell.custodian ? `${label} ${t("ledger.custodian")}` : label} onClick={() => onOpen(row, month)}>
                      {symbols[cell.state]}{cell.custodian ? "✎" : ""}
                      {cell.count > 0 ? <span className="count">{cell.count}</span> : null}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
