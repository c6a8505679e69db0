import { describe, expect, it } from "vitest";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { texts } from "../../locales";
import { fieldName } from "./fields";
import { issueSubject, issueText } from "./issue";
import { firstChoice, mappingsOf, missingFields, withKind } from "./mapping";

const zh = texts("zh-CN");
const nameOf = (field: string) => fieldName(zh, field);
const column = (index: number, title: string, field: string | null = null) => ({ index, letter: "ABC"[index] ?? "Z", title, field, samples: [] });
const sheet: ImportSheet = { name: "人", kind: null, headerRow: 1, headerRows: 1, rows: 2, remembered: false, fields: [], columns: [column(0, "姓名"), column(1, "生日"), column(2, "3月")] };

describe("a sheet that does not tell what it holds", () => {
  it("is left out until the user says it", () => {
    expect(mappingsOf([sheet], { 人: firstChoice(sheet, 2026) })).toEqual([]);
  });

  it("takes the columns that are called like a field", () => {
    const dues = withKind(sheet, firstChoice(sheet, 2026), "dues", nameOf);
    expect(mappingsOf([sheet], { 人: dues })).toEqual([{ sheet: "人", kind: "dues", year: 2026, columns: { 0: "name", 2: "month_03" } }]);
    expect(missingFields(sheet, dues)).toEqual([]);
  });

  it("keeps what the next kind knows, and asks for what it needs", () => {
    const dues = withKind(sheet, firstChoice(sheet, 2026), "dues", nameOf);
    expect(withKind(sheet, dues, "roster", nameOf).columns).toEqual({ 0: "name", 1: "", 2: "" });
    expect(missingFields(sheet, withKind(sheet, dues, "visits", nameOf))).toEqual(["date"]);
  });

  it("comes back to the guess at the guessed kind", () => {
    const guessed: ImportSheet = { ...sheet, kind: "roster", columns: [column(0, "党员", "name")] };
    const other = withKind(guessed, firstChoice(guessed, null), "visits", nameOf);
    expect(other.columns).toEqual({ 0: "" });
    expect(withKind(guessed, other, "roster", nameOf).columns).toEqual({ 0: "name" });
  });
});

describe("an issue", () => {
  it("says what stands there, an example, and what to do", () => {
    const issue = { code: "month_out_of_range", params: { found: "1975.13", example: "2026.3", todo: "correct_cell" } };
    expect(issueText(zh, issue)).toBe("“1975.13”的月份不在 1 到 12 之间。如 2026.3。请在表里改好再导入。");
  });

  it("sets what is recorded beside what the sheet says", () => {
    const issue = { code: "paid_differs_kept", params: { name: "赵大有", month: "2026-03", recorded: "1.00", found: "2.00", todo: "change_in_app" } };
    expect(issueSubject(zh, issue)).toBe("赵大有 2026-03");
    expect(issueText(zh, issue)).toContain("已记“1.00”,表里“2.00”。");
  });
});
