import { describe, expect, it } from "vitest";
import type { DuesRow } from "../../api/generated/DuesRow";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { monthSums, openEntries, stateOf } from "./sums";

const row = (member: string, dueFen: number, paidFen: number): DuesRow => ({
  member, name: member, class: "farmer", baseFen: null, rateBp: null, monthlyFen: dueFen, dueFen, paidFen, reason: "",
  months: [{ month: 3, dueFen, paidFen, payments: [], double: false }],
});
const sheet: DuesSheet = { year: 2026, rows: [row("a", 100, 0), row("b", 100, 100), row("c", 4500, 2000), row("d", 0, 0)], dueFen: 0, paidFen: 0, owedFen: 0 };

describe("the dues of a month", () => {
  it("are collected only where something is open, to the fen", () => {
    expect(openEntries(sheet, 3)).toEqual([
      { member: "a", month: "2026-03", amountFen: 100, handedBy: "" },
      { member: "c", month: "2026-03", amountFen: 2500, handedBy: "" },
    ]);
    expect(openEntries(sheet, 4)).toEqual([]);
  });

  it("add up to 应收, 实收 and 欠; what one paid too much is nobody else's", () => {
    expect(monthSums({ ...sheet, rows: [...sheet.rows, row("e", 100, 300)] }, 3)).toEqual({ due: 4800, paid: 2400, owed: 2600 });
  });

  it("have a state in words", () => {
    expect(sheet.rows.flatMap((one) => one.months.map((cell) => stateOf(cell)))).toEqual(["Open", "Paid", "Part", "None"]);
    expect(stateOf({ month: 5, dueFen: 100, paidFen: 0, payments: [], double: false }, 3)).toBe("Later");
  });
});
