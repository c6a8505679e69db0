import { type ReactNode, useMemo, useRef, useState } from "react";
import type { FillGrid } from "../../api/generated/FillGrid";
import { type KeyGroup, usePartKeys } from "../../components";
import { useTexts } from "../../locales";
import { type Drawn, drawn, letters } from "./cells";

/** What a cell shows beside the form's own words. */
export interface Shown {
  words: ReactNode;
  /** The same for those who hear it. */
  spoken: string;
  look: "taken" | "suggested" | "value";
}

/** A form as a table: one tab stop, arrows move, Enter points, Delete takes away. */
export function FormGrid({ grid, renderCell, onPoint, onClear }: {
  grid: FillGrid;
  renderCell: (cell: Drawn) => Shown | null;
  onPoint?: (cell: Drawn) => void;
  onClear?: (cell: Drawn) => void;
}) {
  const { t } = useTexts();
  const { lines, at } = useMemo(() => drawn(grid), [grid]);
  const [current, setCurrent] = useState("A1");
  const box = useRef<HTMLTableElement>(null);
  const here = lines.flatMap((line) => line.cells).find((cell) => cell.name === current) ?? lines[0]?.cells[0];
  const focus = (name: string) => box.current?.querySelector<HTMLElement>(`[data-cell="${name}"]`)?.focus();

  function move(cell: Drawn, down: number, right: number) {
    // From behind the merged cell, past what is hidden.
    let row = down > 0 ? cell.row + cell.rows : cell.row + down;
    let column = right > 0 ? cell.column + cell.columns : cell.column + right;
    for (; row >= 1 && row <= grid.rows && column >= 1 && column <= grid.widths.length; row += down, column += right) {
      const next = at(row, column);
      if (next) {
        setCurrent(next.name);
        focus(next.name);
        return;
      }
    }
  }

  const onHere = (act: (cell: Drawn) => void) => () => { if (here) act(here); };
  const points: KeyGroup[] = onPoint ? [{ keys: ["Enter", " "], label: "keys.point", act: onHere(onPoint) }] : [];
  const clears: KeyGroup[] = onClear ? [{ keys: ["Delete", "Backspace"], label: "keys.clear", act: onHere(onClear) }] : [];
  const onKey = usePartKeys([
    { keys: ["ArrowUp", "ArrowDown"], label: "keys.vertical", act: (key) => { if (here) move(here, key === "ArrowDown" ? 1 : -1, 0); } },
    { keys: ["ArrowLeft", "ArrowRight"], label: "keys.horizontal", act: (key) => { if (here) move(here, 0, key === "ArrowRight" ? 1 : -1); } },
    ...points,
    ...clears,
  ]);

  return (
    <div className="form-scroll" role="region" aria-label={t("fill.grid", { sheet: grid.sheet })}>
      <table className="form-grid" role="grid" aria-label={t("fill.grid", { sheet: grid.sheet })} ref={box}>
        <colgroup>
          <col className="form-head" />
          {grid.widths.map((width, index) => grid.hiddenColumns.includes(index + 1) ? null : <col key={index} style={{ width: `${Math.max(width * 0.6, 3).toFixed(1)}rem` }} />)}
        </colgroup>
        <thead>
          <tr>
            <td />
            {grid.widths.map((_, index) => grid.hiddenColumns.includes(index + 1) ? null : <th key={index} scope="col">{letters(index + 1)}</th>)}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ row, cells }) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {cells.map((cell) => {
                const show = renderCell(cell);
                const spoken = [cell.name, cell.text, cell.formula ? t("fill.cellFormula") : "", show?.spoken ?? ""].filter(Boolean).join(" ");
                return (
                  <td key={cell.column} data-cell={cell.name} aria-label={spoken} rowSpan={cell.rows > 1 ? cell.rows : undefined}
                    colSpan={cell.columns > 1 ? cell.columns : undefined} tabIndex={cell.name === here?.name ? 0 : -1}
                    className={[cell.formula ? "formula" : "", show?.look ?? "", onPoint ? "open" : ""].filter(Boolean).join(" ") || undefined}
                    onFocus={() => setCurrent(cell.name)} onKeyDown={onKey} onClick={onPoint ? () => onPoint(cell) : undefined}>
                    {cell.text ? <span className="own">{cell.text}</span> : null}
                    {show?.words}
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
