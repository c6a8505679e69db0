import type { FillCell } from "../../api/generated/FillCell";
import type { FillField } from "../../api/generated/FillField";
import type { FillGrid } from "../../api/generated/FillGrid";
import type { FillPlace } from "../../api/generated/FillPlace";
import type { Texts } from "../../locales";

/** `A`, `Z`, `AA`: the letters of a column, from 1. */
export function letters(column: number): string {
  let rest = column;
  let out = "";
  while (rest > 0) {
    out = String.fromCharCode(65 + ((rest - 1) % 26)) + out;
    rest = Math.floor((rest - 1) / 26);
  }
  return out;
}

export const cellName = (row: number, column: number) => `${letters(column)}${row}`;

export function readCell(name: string): { row: number; column: number } | null {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(name);
  if (!match) return null;
  const column = [...(match[1] ?? "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(match[2]), column };
}

/** A cell as it is drawn: one that others cover is not drawn. */
export interface Drawn {
  row: number;
  column: number;
  name: string;
  rows: number;
  columns: number;
  text: string;
  formula: boolean;
}

/** Rows of cells as they are drawn, and which cell each place belongs to. */
export function drawn(grid: FillGrid): { lines: { row: number; cells: Drawn[] }[]; at: (row: number, column: number) => Drawn | undefined } {
  const known = new Map<string, FillCell>();
  const covered = new Map<string, string>();
  for (const cell of grid.cells) {
    const name = cellName(cell.row, cell.column);
    known.set(name, cell);
    for (let row = cell.row; row < cell.row + cell.rows; row += 1) {
      for (let column = cell.column; column < cell.column + cell.columns; column += 1) {
        if (row !== cell.row || column !== cell.column) covered.set(cellName(row, column), name);
      }
    }
  }
  const hiddenRows = new Set(grid.hiddenRows);
  const hiddenColumns = new Set(grid.hiddenColumns);
  const all = new Map<string, Drawn>();
  const lines = [];
  for (let row = 1; row <= grid.rows; row += 1) {
    if (hiddenRows.has(row)) continue;
    const cells: Drawn[] = [];
    for (let column = 1; column <= grid.widths.length; column += 1) {
      const name = cellName(row, column);
      if (hiddenColumns.has(column) || covered.has(name)) continue;
      const cell = known.get(name);
      const one: Drawn = { row, column, name, rows: cell?.rows ?? 1, columns: cell?.columns ?? 1, text: cell?.text ?? "", formula: cell?.formula ?? false };
      all.set(name, one);
      cells.push(one);
    }
    lines.push({ row, cells });
  }
  const at = (row: number, column: number) => {
    const name = cellName(row, column);
    return all.get(covered.get(name) ?? name);
  };
  return { lines, at };
}

/** What each cell takes, by the cell's name; of a column all of its rows. */
export function taken(places: readonly FillPlace[], sheet: string): Map<string, FillPlace> {
  const out = new Map<string, FillPlace>();
  for (const place of places) {
    if (place.sheet !== sheet) continue;
    const first = readCell(place.cell);
    if (!first) continue;
    const last = Math.min(place.lastRow ?? first.row, first.row + 400);
    for (let row = first.row; row <= last; row += 1) out.set(cellName(row, first.column), place);
  }
  return out;
}

export const tableOf = (key: string): string | null => (key.startsWith("column/") ? (key.split("/")[1] ?? null) : null);

/** All places with one more: what the key, or the other columns of its table elsewhere, had before goes along. */
export function placed(places: readonly FillPlace[], key: string, sheet: string, cell: string): FillPlace[] {
  const rest = places.filter((place) => place.key !== key);
  const table = tableOf(key);
  // The last row is found anew, with the new column among the others.
  const others = rest.map((place) => (table !== null && tableOf(place.key) === table ? { ...place, lastRow: null } : place));
  return [...others, { key, sheet, cell, lastRow: null }];
}

export function fieldLabel({ t, code }: Texts, field: FillField): string {
  if (field.group === "head") return code("fill", `field_${field.key}`);
  const label = field.group === "total" ? `${field.label} ${t("fill.total")}` : field.label;
  return field.table ? t("fill.ofTable", { table: field.table, label }) : label;
}

export function labelOf(texts: Texts, fields: readonly FillField[], key: string): string {
  const field = fields.find((one) => one.key === key);
  return field ? fieldLabel(texts, field) : key;
}
