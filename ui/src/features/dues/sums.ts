import type { CollectEntry } from "../../api/generated/CollectEntry";
import type { DuesCell } from "../../api/generated/DuesCell";
import type { DuesRow } from "../../api/generated/DuesRow";
import type { DuesSheet } from "../../api/generated/DuesSheet";

export const monthOf = (year: number, month: number) => `${year}-${String(month).padStart(2, "0")}`;

export function cellOf(row: DuesRow, month: number): DuesCell | undefined {
  return row.months.find((cell) => cell.month === month);
}

export type CellState = "None" | "Paid" | "Part" | "Open" | "Later";

/** A month that has not begun is not open, only later. */
export function stateOf(cell: DuesCell, lastMonth = 12): CellState {
  if (cell.dueFen === 0 && cell.paidFen === 0) return "None";
  if (cell.paidFen >= cell.dueFen) return "Paid";
  if (cell.paidFen > 0) return "Part";
  return cell.month > lastMonth ? "Later" : "Open";
}

/** The months that are collected together: one, or its quarter. */
export function monthsOf(month: number, quarterly: boolean): number[] {
  const first = Math.floor((month - 1) / 3) * 3 + 1;
  return quarterly ? [first, first + 1, first + 2] : [month];
}

/** What is still open for some months, one entry for each member and month. */
export function openEntries(sheet: DuesSheet, months: readonly number[]): CollectEntry[] {
  return sheet.rows.flatMap((row) => months.flatMap((month) => {
    const cell = cellOf(row, month);
    const open = cell ? cell.dueFen - cell.paidFen : 0;
    return open > 0 ? [ownHand(row.member, monthOf(sheet.year, month), open)] : [];
  }));
}

/** A payment by the member's own hand. */
export function ownHand(member: string, month: string, amountFen: number): CollectEntry {
  return { member, month, amountFen, extra: false, handedBy: "", way: "", consent: false };
}

/** Sums by member. */
export function byMember(entries: readonly CollectEntry[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const entry of entries) sums.set(entry.member, (sums.get(entry.member) ?? 0) + entry.amountFen);
  return sums;
}

/** 应收 实收 欠 of one month, of all members, whatever page of them is here. */
export function monthSums(sheet: DuesSheet, month: number): { due: number; paid: number; owed: number } {
  const sum = sheet.months.find((one) => one.month === month);
  return { due: sum?.dueFen ?? 0, paid: sum?.paidFen ?? 0, owed: sum?.owedFen ?? 0 };
}
