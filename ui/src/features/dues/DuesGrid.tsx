import { useEffect, useRef, useState } from "react";
import type { DuesCell } from "../../api/generated/DuesCell";
import type { DuesRow } from "../../api/generated/DuesRow";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { Glyph, usePartKeys } from "../../components";
import { type TextKey, useTexts } from "../../locales";
import { cellOf, monthSums, stateOf } from "./sums";

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** Members × months: one tab stop, arrows move, Enter opens the payments; while collecting, a tick for each member. */
export function DuesGrid({ sheet, month, lastMonth, ticked, open, onToggle, onCell, onMember }: {
  sheet: DuesSheet;
  month: number;
  /** The month of today; later ones are not open yet. */
  lastMonth: number;
  ticked: ReadonlySet<string> | null;
  /** What is to be collected of each member, over the months that are collected together. */
  open: ReadonlyMap<string, number>;
  onToggle: (member: string) => void;
  onCell: (member: string, month: number) => void;
  onMember: (member: string) => void;
}) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const [at, setAt] = useState({ row: 0, month });
  const body = useRef<HTMLTableSectionElement>(null);
  const box = useRef<HTMLDivElement>(null);

  // The month that is asked about is never beyond the edge, also when amounts make it wider.
  const paid = sheet.paidFen;
  const ticking = ticked !== null;
  useEffect(() => {
    const head = box.current?.querySelector<HTMLElement>("th.here");
    if (!box.current || !head) return;
    box.current.scrollLeft = Math.max(0, head.offsetLeft + head.offsetWidth - box.current.clientWidth);
  }, [month, paid, ticking]);

  // Collecting goes on at the first name that is to be unticked, not at a button that is gone.
  useEffect(() => {
    if (!ticking) return;
    const first = body.current?.querySelector<HTMLElement>("[role=checkbox]");
    first?.focus();
  }, [ticking]);

  function move(down: number, right: number) {
    const next = {
      row: Math.max(0, Math.min(sheet.rows.length - 1, at.row + down)),
      month: Math.max(1, Math.min(12, at.month + right)),
    };
    setAt(next);
    body.current?.querySelector<HTMLElement>(`[data-cell="${next.row}-${next.month}"]`)?.focus();
  }
  const onKey = usePartKeys([
    { keys: ["ArrowUp", "ArrowDown"], label: "keys.vertical", act: (key) => move(key === "ArrowDown" ? 1 : -1, 0) },
    { keys: ["ArrowLeft", "ArrowRight"], label: "keys.horizontal", act: (key) => move(0, key === "ArrowRight" ? 1 : -1) },
    { keys: ["Home", "End"], label: "keys.ends", act: (key) => move(0, key === "Home" ? -12 : 12) },
    { keys: ["PageUp", "PageDown"], label: "keys.pages", act: (key) => move(key === "PageDown" ? 10 : -10, 0) },
  ]);

  return (
    <div className="card flush scroll" role="region" aria-label={t("dues.title")} tabIndex={-1} ref={box}>
      <table className="table dues-grid">
        <thead>
          <tr>
            <th scope="col" className="name">{t("dues.member")}</th>
            <th scope="col" className="num">{t("dues.monthly")}</th>
            {months.map((one) => <th key={one} scope="col" className={one === month ? "here" : ""}>{texts.month(one)}</th>)}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKey}>
          {sheet.rows.map((row, index) => (
            <tr key={row.member}>
              <th scope="row" className="name">
                <button type="button" className="plain-button" onClick={() => onMember(row.member)}>{row.name}</button>
                {row.incomplete ? <span role="img" title={t("dues.incomplete")} aria-label={t("dues.incomplete")}><Glyph name="warn" /></span> : null}
              </th>
              <td className="num">{row.class ? yuan(row.monthlyFen) : <span className="soft">{t("dues.notAssessed")}</span>}</td>
              {months.map((one) => {
                const cell = cellOf(row, one);
                const focusable = at.row === index && at.month === one;
                return (
                  <td key={one} className={one === month ? "here" : ""}>
                    {cell ? (
                      <Cell row={row} cell={cell} lastMonth={lastMonth} amount={one === month} tab={focusable ? 0 : -1} id={`${index}-${one}`}
                        ticked={ticked && one === month && open.has(row.member) ? ticked.has(row.member) : null} toCollect={open.get(row.member) ?? 0}
                        onFocus={() => setAt({ row: index, month: one })}
                        onPress={() => (ticked && one === month && open.has(row.member) ? onToggle(row.member) : onCell(row.member, one))} />
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          {(["due", "paid", "owed"] as const).map((line) => (
            <tr key={line}>
              <th scope="row" className="name">{t(`dues.${line}`)}</th>
              <td />
              {months.map((one) => <td key={one} className={one === month ? "num here" : "num"}>{yuan(monthSums(sheet, one)[line])}</td>)}
            </tr>
          ))}
        </tfoot>
      </table>
      <p className="list-title soft dues-foot">
        {t("dues.footYear")}: {t("dues.due")} {yuan(sheet.dueFen)} · {t("dues.paid")} {yuan(sheet.paidFen)} · {t("dues.owed")} {yuan(sheet.owedFen)}
      </p>
    </div>
  );
}

function Cell({ row, cell, lastMonth, amount, tab, id, ticked, toCollect, onFocus, onPress }: {
  row: DuesRow;
  cell: DuesCell;
  lastMonth: number;
  /** In the chosen month the amount stands also where all is paid; elsewhere a tick says it. */
  amount: boolean;
  tab: number;
  id: string;
  ticked: boolean | null;
  toCollect: number;
  onFocus: () => void;
  onPress: () => void;
}) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const state = stateOf(cell, lastMonth);
  const words = t(`dues.state${state}` as TextKey);
  const label = `${t("dues.cell", { name: row.name, month: texts.month(cell.month), due: yuan(cell.dueFen), paid: yuan(cell.paidFen) })} ${words}`;
  const common = { "data-cell": id, tabIndex: tab, onFocus, onClick: onPress, type: "button" as const };
  if (ticked !== null) {
    return (
      <button {...common} className={ticked ? "dues-cell ticked" : "dues-cell"} role="checkbox" aria-checked={ticked}
        aria-label={t("dues.take", { name: row.name, month: texts.month(cell.month) })}>
        <span aria-hidden="true">{ticked ? "☑" : "☐"}</span> {yuan(toCollect)}
      </button>
    );
  }
  return (
    <button {...common} className={`dues-cell state-${state}`} aria-label={label} title={words}>
      {state === "Paid" ? <Glyph name="check" /> : null}
      {state === "None" ? "─" : state === "Open" ? "○" : state === "Later" ? "·" : state === "Part" || amount || cell.paidFen > cell.dueFen ? yuan(cell.paidFen) : null}
      {cell.double ? <Glyph name="warn" /> : null}
    </button>
  );
}
