import type { Texts } from "../../locales";

/** The word for a field; `month_03` is 3月, `month_03_on` its date of payment. */
export function fieldName(texts: Texts, code: string): string {
  const [, month, on] = /^month_(\d{2})(_on)?$/.exec(code) ?? [];
  if (!month) return texts.code("importField", code);
  const name = texts.month(Number(month));
  return on ? texts.t("importField.month_on", { month: name }) : name;
}
