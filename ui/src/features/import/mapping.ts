import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportMapping } from "../../api/generated/ImportMapping";
import type { ImportSheet } from "../../api/generated/ImportSheet";

export const importKinds: readonly ImportKind[] = ["roster", "dues", "meetings", "visits"];

/** The user's choice for one sheet; no kind: it is not imported. */
export interface SheetChoice {
  kind: ImportKind | null;
  /** As typed; empty: the dates bring their own. */
  year: string;
  /** Field by column index; an empty word: not used. */
  columns: Record<number, string>;
}

/** What the node suggests for a sheet, of the kind that it guessed or was told; the year is the one that the sheet speaks of. */
export function firstChoice(sheet: ImportSheet): SheetChoice {
  return { kind: sheet.kind, year: sheet.year === null ? "" : String(sheet.year), columns: guessed(sheet) };
}

/** The year in digits, full-width ones too; null when there is none. */
function yearOf(text: string): number | null {
  const digits = text.normalize("NFKC").replace("年", "").trim();
  return /^(19[5-9]|20\d)\d$/.test(digits) ? Number(digits) : null;
}

/** What is wrong with the year of a sheet: dues stand in months of one year, other rows may have dates with years. */
export function yearFault({ kind, year }: SheetChoice): "errors.required" | "importing.yearWrong" | null {
  if (kind === null || kind === "roster") return null;
  if (year.trim() === "") return kind === "dues" ? "errors.required" : null;
  return yearOf(year) === null ? "importing.yearWrong" : null;
}

function guessed(sheet: ImportSheet): Record<number, string> {
  return Object.fromEntries(sheet.columns.map((column) => [column.index, column.field ?? ""]));
}

/** Required fields that no column is mapped to. */
export function missingFields(sheet: ImportSheet, choice: SheetChoice): string[] {
  if (choice.kind === null) return [];
  const used = Object.values(choice.columns);
  return sheet.fields.filter((field) => field.required && !used.includes(field.code)).map((field) => field.code);
}

export function mappingsOf(sheets: readonly ImportSheet[], choices: Record<string, SheetChoice>): ImportMapping[] {
  return sheets.flatMap((sheet) => {
    const choice = choices[sheet.name];
    if (!choice || choice.kind === null) return [];
    const columns = Object.fromEntries(Object.entries(choice.columns).filter(([, field]) => field !== ""));
    return [{ sheet: sheet.name, kind: choice.kind, year: yearOf(choice.year), columns }];
  });
}
