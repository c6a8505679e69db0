import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportMapping } from "../../api/generated/ImportMapping";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { fieldsFor, fieldsOfKind } from "./fields";

export const importKinds: readonly ImportKind[] = ["roster", "dues", "meetings", "visits"];

/** The user's choice for one sheet; no kind: it is not imported. */
export interface SheetChoice {
  kind: ImportKind | null;
  year: number | null;
  /** Field by column index; an empty word: not used. */
  columns: Record<number, string>;
}

export function firstChoice(sheet: ImportSheet, year: number | null): SheetChoice {
  return { kind: sheet.kind, year, columns: guessed(sheet) };
}

/**
 * Another kind takes over what it knows, too, and takes columns that are called like a field; back at the guessed kind its
 * guesses hold again.
 */
export function withKind(sheet: ImportSheet, choice: SheetChoice, kind: ImportKind | null, nameOf: (field: string) => string): SheetChoice {
  if (kind === null) return { ...choice, kind };
  if (kind === sheet.kind) return { ...choice, kind, columns: guessed(sheet) };
  const known = fieldsOfKind[kind];
  const columns: Record<number, string> = {};
  for (const { index, title } of sheet.columns) {
    const kept = choice.columns[index] ?? "";
    const called = known.find((field) => nameOf(field) === title.trim()) ?? "";
    const field = known.includes(kept) ? kept : called;
    columns[index] = Object.values(columns).includes(field) ? "" : field;
  }
  return { ...choice, kind, columns };
}

function guessed(sheet: ImportSheet): Record<number, string> {
  return Object.fromEntries(sheet.columns.map((column) => [column.index, column.field ?? ""]));
}

/** Required fields that no column is mapped to. */
export function missingFields(sheet: ImportSheet, choice: SheetChoice): string[] {
  if (choice.kind === null) return [];
  const used = Object.values(choice.columns);
  return fieldsFor(sheet, choice.kind, used).filter((field) => field.required && !used.includes(field.code)).map((field) => field.code);
}

export function mappingsOf(sheets: readonly ImportSheet[], choices: Record<string, SheetChoice>): ImportMapping[] {
  return sheets.flatMap((sheet) => {
    const choice = choices[sheet.name];
    if (!choice || choice.kind === null) return [];
    const columns = Object.fromEntries(Object.entries(choice.columns).filter(([, field]) => field !== ""));
    return [{ sheet: sheet.name, kind: choice.kind, year: choice.year, columns }];
  });
}
