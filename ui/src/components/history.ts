import type { HistoryField } from "../api/generated/HistoryField";
import type { HistoryValue } from "../api/generated/HistoryValue";
import type { OpenedPart } from "../api/generated/OpenedPart";
import type { RecordHistory } from "../api/generated/RecordHistory";
import { formatYuan, type Texts } from "../locales";

const isId = (text: string) => /^[0-9a-f]{32}$/.test(text);

/** The word for a field of a type of record; of `mark/<member>` whom it is about as well. */
export function historyField({ t, code, has }: Texts, type: string, name: string, subject: string | null): string {
  const [field = "", key = ""] = name.split("/");
  if (field === "sealed") return t("history.sealedField");
  if (field === "deleted") return t("deleted.mark");
  const label = has(`recordField.${type}_${field}`) ? code("recordField", `${type}_${field}`) : code("field", field);
  if (key === "") return label;
  const topic = { post: "post", situation: "situation", kind: "record" }[field] as "post" | "situation" | "record" | undefined;
  const about = subject ?? (topic && has(`${topic}.${key}`) ? code(topic, key) : isId(key) ? key.slice(0, 8) : key);
  return `${label} ${about}`;
}

/** A value as people read it. */
export function historyValue(texts: Texts, type: string, name: string, value: string): string {
  const { t, code, date, has } = texts;
  const field = name.split("/")[0] ?? "";
  if (field === "deleted") return t(value === "" ? "deleted.stands" : "deleted.marked");
  if (isId(value)) return t("history.otherRecord");
  if (field === "amount" || field === "retained") return t("common.yuan", { n: formatYuan(Number(value)) });
  if (field === "rate_bp") return `${Number(value) / 100}%`;
  if (field === "hours") return String(Number(value) / 10);
  if (field === "sex") return value === "1" ? t("member.male") : t("member.female");
  if (/^\d{4}-\d{2}(-\d{2})?$/.test(value)) return date(value);
  if (type === "step" && field === "state" && (value === "accepted" || value === "returned")) return t(`checklist.${value}`);
  if (field === "due") return code("history", value);
  if (field === "kind" && type === "dues_reason") return code("dues", `reason_${value}`);
  if (field === "kind" && type.startsWith("dues_")) return code("dues", value);
  if (field === "way") return code("dues", `way_${value}`);
  // Only words of the program are translated, never what people wrote.
  if (!["kind", "mark", "state", "closed", "public_place", "kept_match", "consent", "quarterly", "with", "situation", "post", "no_vote_reason"].includes(field)) return value;
  return has(`value.${value}`) ? code("value", value) : has(`record.${value}`) ? code("record", value) : code("member", value);
}

/** A part of an opened value as people read it. */
export function sealedPart(texts: Texts, { name, value }: OpenedPart): string {
  if (name === "base" || name === "amount" || name.endsWith("_fen")) return texts.t("common.yuan", { n: texts.yuan(Number(value)) });
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return texts.date(value);
  if (name === "kind") return texts.code("dues", value);
  return name === "category" || name === "whom" ? texts.code(name, value) : value;
}

/** Who stands behind a value: the holder by the certificate, the computer, the name that was declared. */
export function historyWriter({ t }: Texts, value: Pick<HistoryValue, "device" | "here" | "role" | "holder" | "profile">): string {
  if (value.device === null) return t("history.nobody");
  const computer = value.here ? t("history.thisComputer") : t("history.computer", { id: value.device.slice(0, 8) });
  const role = value.role === "custodian" ? t("history.custodian") : null;
  const declared = value.profile === null ? null : t("profile.declaredAs", { name: value.profile });
  return [value.holder, computer, role, declared].filter(Boolean).join(" · ");
}

/** What came after the record was made: more than one value, or one that is not simply there. */
export function changed(field: HistoryField): boolean {
  return field.values.length > 1 || field.values.some((one) => one.standing === "conflict" || one.check !== "sound");
}

/** Fields that say something to people: a bare link to another record does not. */
export function told(history: RecordHistory): HistoryField[] {
  return history.fields.filter((field) => field.field === "deleted" || (!field.field.startsWith("over/") && !field.values.every((one) => one.value !== null && isId(one.value))));
}

/** The first value of all, which tells who made the record. */
export function first(history: RecordHistory): HistoryValue | null {
  return history.fields[0]?.values.at(-1) ?? null;
}
