import { describe, expect, it } from "vitest";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { texts } from "../../locales";
import { issueSubject, issueText, optionText } from "./issue";
import { firstChoice, mappingsOf, missingFields } from "./mapping";

const zh = texts("zh-CN");
const column = (index: number, title: string, field: string | null = null) => ({ index, letter: "ABC"[index] ?? "Z", title, field, samples: [] });
const sheet: ImportSheet = { name: "人", kind: null, headerRow: 1, headerRows: 1, rows: 2, remembered: false, fields: [], columns: [column(0, "姓名"), column(1, "生日"), column(2, "3月")] };

describe("a sheet", () => {
  it("is left out until the user says what it holds", () => {
    expect(mappingsOf([sheet], { 人: firstChoice(sheet, 2026) })).toEqual([]);
  });

  it("starts with what the node suggests for its kind, and asks for what that needs", () => {
    const dues: ImportSheet = {
      ...sheet, kind: "dues", fields: [{ code: "name", required: true }, { code: "month_03", required: false }],
      columns: [column(0, "姓名", "name"), column(1, "生日"), column(2, "3月", "month_03")],
    };
    const choice = firstChoice(dues, 2026);
    expect(mappingsOf([dues], { 人: choice })).toEqual([{ sheet: "人", kind: "dues", year: 2026, columns: { 0: "name", 2: "month_03" } }]);
    expect(missingFields(dues, choice)).toEqual([]);
    expect(missingFields(dues, { ...choice, columns: { ...choice.columns, 0: "" } })).toEqual(["name"]);
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

  it("offers answers in the language of the window, and people as they are called", () => {
    const options = [{ value: "new", label: "另一位赵大有,新增" }, { value: "skip", label: "不导入" }, { value: "1", label: "赵大有(1970-05生)" }];
    const said = (words: typeof zh) => options.map((option) => optionText(words, option, { name: "赵大有" }));
    expect(said(zh)).toEqual(["另一位赵大有,新增", "不导入", "赵大有(1970-05生)"]);
    expect(said(texts("en"))).toEqual(["another 赵大有, newly entered", "do not import", "赵大有(1970-05生)"]);
  });
});
