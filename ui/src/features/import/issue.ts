import type { ImportIssue } from "../../api/generated/ImportIssue";
import type { ImportOption } from "../../api/generated/ImportOption";
import type { Texts } from "../../locales";
import { fieldName } from "./fields";

type Said = Pick<ImportIssue, "code" | "params">;

/** What stands there, what is recorded instead, an example, and what to do. */
export function issueText(texts: Texts, { code, params }: Said): string {
  const { t } = texts;
  const { field, recorded, found, counted, read, row, example, todo } = params;
  const duesClass = params["class"];
  const named = duesClass ? { ...params, class: texts.code("dues", duesClass) } : params;
  return [
    field ? t("importing.ofField", { field: fieldName(texts, field) }) : "",
    texts.code("importIssue", code, named),
    recorded ? t("importing.kept", { recorded, found }) : "",
    counted ? t("importing.counted", { found, counted }) : "",
    read ? t("importing.readAs", { read }) : "",
    row ? t("importing.sameAsRow", { row }) : "",
    example ? t("importing.such", { example }) : "",
    todo ? texts.code("importTodo", todo) : "",
  ].filter(Boolean).join(texts.language === "en" ? " " : "");
}

/** An answer that is a code is said in the language of the window; the others name someone, as the sheet and the books do. */
export function optionText({ code, has }: Texts, option: ImportOption): string {
  return option.code && has(`importOption.${option.code}`) ? code("importOption", option.code, option.params) : option.label;
}

/** Whom a row of several people is about, when its sentence does not say so. */
export function issueSubject(texts: Texts, { code, params }: Said): string {
  const { name, month } = params;
  const says = texts.code("importIssue", code).includes("{name}");
  return [says ? "" : name, month].filter(Boolean).join(" ");
}
