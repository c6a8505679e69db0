import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { TextKey } from "../locales";
import { usePartKeys } from "./keys";

const rowsOf = (box: HTMLElement | null) => [...(box?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];

/** What a key does with the row that has the focus. */
export interface RowAct {
  key: string;
  label: TextKey;
  act: (row: number) => void;
}

/**
 * A list to go through by keys: arrows move from row to row, Enter presses what the row opens, one key acts. Each row has one element with
 * `data-row` that takes the focus; only the row one is at is a tab stop. A row that was dealt with gives the focus to the next.
 */
export function useRowKeys({ ids, open, acts }: { ids: readonly string[]; open: TextKey; acts: readonly RowAct[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  // Where the focus was when the list had it; none once it went elsewhere.
  const had = useRef<number | null>(null);
  const held = useRef(false);
  const current = Math.max(0, Math.min(at, ids.length - 1));
  const names = ids.join(" ");

  function move(to: number) {
    const next = Math.max(0, Math.min(to, ids.length - 1));
    setAt(next);
    rowsOf(box.current)[next]?.focus();
  }

  const onPart = usePartKeys([
    { keys: ["ArrowDown", "ArrowUp"], label: "keys.vertical", act: (key) => move(current + (key === "ArrowDown" ? 1 : -1)) },
    { keys: ["Home", "End"], label: "keys.ends", act: (key) => move(key === "Home" ? 0 : ids.length - 1) },
    { keys: ["Enter"], label: open, act: () => rowsOf(box.current)[current]?.click() },
    // A key that is held down deals with one row, not with all of them.
    ...acts.map(({ key, label, act }) => ({ keys: [key], label, act: () => { if (!held.current && ids.length > 0) act(current); } })),
  ]);

  useEffect(() => {
    // The element that had the focus is gone with its row.
    if (had.current === null || document.activeElement !== document.body) return;
    const rows = rowsOf(box.current);
    const next = rows[Math.min(had.current, rows.length - 1)];
    if (next) next.focus();
    else document.querySelector<HTMLElement>("h1")?.focus();
  }, [names]);

  return {
    box: {
      ref: box,
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        held.current = event.repeat;
        const { target } = event;
        const onRow = target instanceof HTMLElement && target.matches("[data-row]");
        // Enter on a button of the row is meant for the button, and nothing here is meant for a field.
        if (!(target instanceof HTMLElement) || target.matches("input, select, textarea") || (event.key === "Enter" && !onRow)) return;
        onPart(event);
      },
      onBlur: (event: FocusEvent<HTMLElement>) => {
        if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) had.current = null;
      },
    },
    /** What the element that opens row `n` needs. */
    row: (n: number) => ({ "data-row": n, tabIndex: n === current ? 0 : -1 }),
    /** What the row around it needs. */
    around: (n: number) => ({ onFocus: () => { had.current = n; setAt(n); } }),
    /** What other buttons of row `n` need. */
    inside: (n: number) => ({ tabIndex: n === current ? 0 : -1 }),
  };
}
