import { describe, expect, it } from "vitest";
import type { DuesRow } from "../../api/generated/DuesRow";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { byMember, monthsOf, monthSums, openEntries, ownHand, stateOf } from "./sums";

const row = (member: string, dueFen: number, paidFen: number): DuesRow => ({
  member, name: member, class: "farmer", baseFen: null, rateBp: null, monthlyFen: dueFen, dueFen, paidFen, reason: "", arithmetic: "", rules: "", incomplete: false,
  months: [{ month: 3, dueFen, paidFen, fullFen: dueFen, incomplete: false, payments: [], double: false }],
});
const sheet: DuesSheet = {
  year: 2026, rows: [row("a", 100, 0), row("b", 100, 100), row("c", 4500, 2000), row("d", 0, 0)], total: 4,
  months: [{ month: 3, dueFen: 4700, paidFen: 2100, owedFen: 2600 }], dueFen: 0, paidFen: 0, owedFen: 0, doubles: [],
};

describe("the dues of a month", () => {
  it("are collected only where something is open, to the fen", () => {
    expect(openEntries(sheet, [3])).toEqual([ownHand("a", "2026-03", 100), ownHand("c", "2026-03", 2500)]);
    expect(openEntries(sheet, [4])).toEqual([]);
    expect(monthsOf(5, false)).toEqual([5]);
    expect(monthsOf(6, true)).toEqual([4, 5, 6]);
    expect([...byMember([...openEntries(sheet, monthsOf(2, true)), ownHand("c", "2026-02", 1)])]).toEqual([["a", 100], ["c", 2501]]);
  });

  it("are those of all members, whatever page of them is here", () => {
    expect(monthSums({ ...sheet, rows: sheet.rows.slice(0, 1) }, 3)).toEqual({ due: 4700, paid: 2100, owed: 2600 });
    expect(monthSums(sheet, 4)).toEqual({ due: 0, paid: 0, owed: 0 });
  });

  it("have a state in words", () => {
    expect(sheet.rows.flatMap((one) => one.months.map((cell) => stateOf(cell)))).toEqual(["Open", "Paid", "Part", "None"]);
    expect(stateOf({ month: 5, dueFen: 100, paidFen: 0, fullFen: 100, incomplete: false, payments: [], double: false }, 3)).toBe("Later");
  });
});
