import { useEffect, useRef } from "react";
import type { CalendarEntry } from "../../api/generated/CalendarEntry";
import { usePartKeys } from "../../components";
import { useTexts } from "../../locales";
import { plus, weeksOf } from "./days";
import { named } from "./words";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
/** Lines in the cell of a day. */
const LINES = 2;

/** A month as a keyboard grid: one tab stop, arrows move by a day and a week, pages by a month. */
export function MonthGrid({ month, today, chosen, byDay, onChoose, onMonth }: {
  month: string;
  today: string;
  chosen: string;
  byDay: ReadonlyMap<string, readonly CalendarEntry[]>;
  onChoose: (day: string) => void;
  onMonth: (months: number) => void;
}) {
  const texts = useTexts();
  const { t, date } = texts;
  const table = useRef<HTMLTableElement>(null);
  const moved = useRef(false);

  // The focus follows the keys, also into another month.
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    table.current?.querySelector<HTMLElement>(`[data-day="${chosen}"]`)?.focus();
  }, [chosen, month]);

  function move(days: number) {
    moved.current = true;
    onChoose(plus(chosen, days));
  }

  const onKey = usePartKeys([
    { keys: ["ArrowLeft", "ArrowRight"], label: "keys.horizontal", act: (key) => move(key === "ArrowRight" ? 1 : -1) },
    { keys: ["ArrowUp", "ArrowDown"], label: "keys.vertical", act: (key) => move(key === "ArrowDown" ? 7 : -7) },
    { keys: ["PageUp", "PageDown"], label: "keys.pages", act: (key) => { moved.current = true; onMonth(key === "PageDown" ? 1 : -1); } },
  ]);

  return (
    <div className="card flush">
      <table className="calendar" role="grid" aria-label={t("calendar.grid", { month: date(month) })} ref={table} onKeyDown={onKey}>
        <thead><tr>{weekdays.map((day) => <th key={day} scope="col">{t(`calendar.${day}`)}</th>)}</tr></thead>
        <tbody>
          {weeksOf(month).map((week, row) => (
            <tr key={row}>
              {week.map((day, column) => {
                if (day === null) return <td key={column} className="other" />;
                const entries = byDay.get(day) ?? [];
                const count = entries.reduce((sum, entry) => sum + entry.units.length, 0);
                const over = entries.some((entry) => entry.days < 0);
                return (
                  <td key={column} className={day === today ? "today" : undefined} aria-selected={day === chosen}>
                    <button type="button" data-day={day} tabIndex={day === chosen ? 0 : -1} onClick={() => onChoose(day)} aria-current={day === today ? "date" : undefined}>
                      <span className="visually-hidden">{date(day)} </span>
                      <span className="number" aria-hidden="true">{Number(day.slice(8))}</span>
                      {count > 0 ? <span className={over ? "count over" : "count"}>{over ? "! " : ""}{t("calendar.n", { n: count })}</span> : null}
                      {entries.slice(0, LINES).map((entry) => <span key={entry.key} className="what">{named(texts, entry)}</span>)}
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
