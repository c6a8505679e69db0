import type { FlowRateRow } from "../../api/generated/FlowRateRow";

/** Months that have anything, in their order. */
export function monthsOf(rows: readonly FlowRateRow[]): string[] {
  return [...new Set(rows.map((row) => row.month).filter(Boolean))].toSorted();
}

/** Units as the node ordered them, each with its own counts. */
export function unitsOf(rows: readonly FlowRateRow[]): { id: string; name: string; row: FlowRateRow }[] {
  return rows.map((row) => ({ id: row.office || row.unit, name: row.office ? row.officeName : row.unit, row }));
}
