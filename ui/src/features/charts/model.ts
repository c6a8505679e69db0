import type { palettes } from "../../tokens";

type Colour = keyof (typeof palettes)["light"];

/** A chart as numbers; the table beside it shows the same. */
export interface Drawn {
  /** Bars upon each other, bars beside each other, or lines. */
  kind: "bars" | "beside" | "lines";
  /** What stands along the axis: months, weeks, units in tree order. */
  labels: string[];
  series: { name: string; colour: Colour; values: (number | null)[] }[];
  /** What the other axis counts. */
  unit: string;
  /** The end of that axis, where it is known. */
  most?: number;
  /** The first column of the table. */
  first: string;
  /** Cells of the table where they say more than the value, such as numerator and denominator. */
  cells?: string[][];
  /** The last row of the table, which is not drawn: its name and its cells. */
  foot?: string[];
}

/** Whether anything is there to draw. */
export function drawable(drawn: Drawn): boolean {
  return drawn.series.some((one) => one.values.some((value) => value !== null && value !== 0)) || drawn.cells?.some((row) => row.length > 0) === true;
}

/** Cells of the table, row by row. */
export function cellsOf(drawn: Drawn): string[][] {
  return drawn.cells ?? drawn.labels.map((_, row) => drawn.series.map((one) => (one.values[row] === null || one.values[row] === undefined ? "─" : String(one.values[row]))));
}
