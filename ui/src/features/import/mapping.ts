import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportMapping } from "../../api/generated/ImportMapping";
import type { ImportSheet } from "../../api/generated/ImportSheet";

export const importKinds: readonly ImportKind[] = ["roster", "dues", "meetings", "visits"];

/** The user's choice for one sheet; no kind: it is not imported. */
export interface SheetChoice {
  kind: ImportKind | null;
  year: number | null;
  /** Field by column index; an empty word: not used. */
  columns: Record<number, string>;
}

/** What the node suggests for a sheet, of the kind that it guessed or was told. */
export function firstChoice(sheet: ImportSheet, year: number | null): SheetChoice {
  return { kind: sheet.kind, year, columns: guessed(sheet) };
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
    return [{ sheet: sheet.name, kind: choice.kind, year: choice.year, columns }];
  });
}
