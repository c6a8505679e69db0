import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import type { Texts } from "../../locales";

/** The word for a field; `month_03` is 3月, `month_03_on` its date of payment. */
export function fieldName(texts: Texts, code: string): string {
  const [, month, on] = /^month_(\d{2})(_on)?$/.exec(code) ?? [];
  if (!month) return texts.code("importField", code);
  const name = texts.month(Number(month));
  return on ? texts.t("importField.month_on", { month: name }) : name;
}

const months = Array.from({ length: 12 }, (_, index) => `month_${String(index + 1).padStart(2, "0")}`);

/**
 * The fields of each kind, in the order of the list; the first ones without which no row can be read. The node names them
 * only for the kind that it guessed.
 */
export const fieldsOfKind: Record<ImportKind, readonly string[]> = {
  roster: ["name", "sex", "birth_month", "kind", "joined", "group", "posts"],
  dues: ["name", "group", "class", "base", "monthly", ...months, ...months.map((month) => `${month}_on`), "paid_on", "handed_by"],
  meetings: [
    "date", "start", "kinds", "place", "chair", "recorder", "topic", "minutes", "resolution", "group", "hours", "due_count", "present_count",
    "present", "absent", "excused", "non_voting", "attendee", "name", "session",
  ],
  visits: [
    "date", "visit_kind", "household", "door", "phone", "place", "theme", "visitors", "recorder", "situation", "difficulty", "request",
    "category", "next_step", "owner", "deadline", "follow_up", "duration",
  ],
};

/** Fields to choose from, and those that must be mapped. */
export function fieldsFor(sheet: ImportSheet, kind: ImportKind, chosen: readonly string[]): { code: string; required: boolean }[] {
  if (kind === sheet.kind) return sheet.fields;
  const across = kind === "meetings" && chosen.includes("session");
  const needed = across ? ["name", "session"] : fieldsOfKind[kind].slice(0, 1);
  return fieldsOfKind[kind].map((code) => ({ code, required: needed.includes(code) }));
}
