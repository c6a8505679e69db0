import type { ConflictRow } from "../api/generated/ConflictRow";
import type { Texts } from "../locales";
import { historyField } from "./history";

/** Record, whom it is about, field: `2026年3月5日 党员大会 / 张某 / 出勤`; of one that is sealed its type: `户 / 张某 / 私密内容`. */
export function conflictName(texts: Texts, row: ConflictRow): string[] {
  const { code, date, has } = texts;
  const [field = "", key = ""] = row.field.split("/");
  const title = row.title.replace(/^\d{4}-\d{2}-\d{2}/, (iso) => date(iso));
  // `post/secretary` and the like say which of several it is.
  const about = row.subject ?? (["post", "situation", "value"].includes(field) && has(`${field}.${key}`) ? code(field as "post", key) : field === "with" ? key : "");
  const record = title === "" && has(`recordType.${row.recordType}`) ? code("recordType", row.recordType) : title;
  // Of dues that two computers assessed it is the month from which on.
  if (field === "over") return [record, about, texts.t("conflicts.from", { month: date(key) })].filter(Boolean);
  return [record, about, field === "sealed" ? code("field", field) : historyField(texts, row.recordType, field, null)].filter(Boolean);
}
