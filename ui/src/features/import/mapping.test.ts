import { describe, expect, it } from "vitest";
import type { ImportOption } from "../../api/generated/ImportOption";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { texts } from "../../locales";
import { issueSubject, issueText, optionText } from "./issue";
import { firstChoice, mappingsOf, missingFields, yearFault } from "./mapping";

const zh = texts("zh-CN");
const column = (index: number, title: string, field: string | null = null) => ({ index, letter: "ABC"[index] ?? "Z", title, field, samples: [] });
const sheet: ImportSheet = { name: "人", kind: null, headerRow: 1, headerRows: 1, rows: 2, form: false, year: 2025, remembered: false, fields: [], columns: [column(0, "姓名"), column(1, "生日"), column(2, "3月")] };

describe("a sheet", () => {
  it("is left out until the user says what it holds", () => {
    expect(mappingsOf([sheet], { 人: firstChoice(sheet) })).toEqual([]);
  });

  it("starts with what the node suggests for its kind, and asks for what that needs", () => {
    const dues: ImportSheet = {
      ...sheet, kind: "dues", fields: [{ code: "name", required: true }, { code: "month_03", required: false }],
      columns: [column(0, "姓名", "name"), column(1, "生日"), column(2, "3月", "month_03")],
    };
    const choice = firstChoice(dues);
    expect(mappingsOf([dues], { 人: choice })).toEqual([{ sheet: "人", kind: "dues", year: 2025, columns: { 0: "name", 2: "month_03" } }]);
    expect(missingFields(dues, choice)).toEqual([]);
    expect(missingFields(dues, { ...choice, columns: { ...choice.columns, 0: "" } })).toEqual(["name"]);
  });
});

describe("the year of a sheet", () => {
  const choice = (kind: "dues" | "meetings" | "roster", year: string) => ({ kind, year, columns: {} });

  it("is what the sheet says, else nothing is taken for it", () => {
    expect(firstChoice(sheet).year).toBe("2025");
    expect(firstChoice({ ...sheet, year: null }).year).toBe("");
  });

  it("is typed freely and checked in the end", () => {
    expect(["20", "20255", "abcd", "1900"].map((year) => yearFault(choice("dues", year)))).toEqual(Array(4).fill("importing.yearWrong"));
    expect(["2025", " 2025年", "２０２５"].map((year) => yearFault(choice("dues", year)))).toEqual([null, null, null]);
    expect(mappingsOf([sheet], { 人: choice("dues", "2025年") })[0]?.year).toBe(2025);
  });

  it("must be given where months stand for it", () => {
    expect(yearFault(choice("dues", ""))).toBe("errors.required");
    expect(yearFault(choice("meetings", ""))).toBeNull();
    expect(yearFault(choice("roster", "abcd"))).toBeNull();
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
    const options: ImportOption[] = [
      { value: "new", label: "另一位赵大有,新增", code: "new", params: { name: "赵大有" } },
      { value: "last", label: "2、3月各10.00元", code: "two_months", params: { first: "2", last: "3", amount: "10.00" } },
      { value: "1", label: "赵大有(1970-05生)", code: null, params: {} },
      { value: "x", label: "新答案", code: "newer", params: {} },
    ];
    const said = (words: typeof zh) => options.map((option) => optionText(words, option));
    expect(said(zh)).toEqual(["另一位赵大有,新增", "2月和3月各 10.00 元", "赵大有(1970-05生)", "新答案"]);
    expect(said(texts("en"))).toEqual(["another 赵大有, newly entered", "10.00 yuan each for months 2 and 3", "赵大有(1970-05生)", "新答案"]);
  });
});
