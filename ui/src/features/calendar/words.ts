import type { BothWords } from "../../api/generated/BothWords";
import type { CalendarEntry } from "../../api/generated/CalendarEntry";
import type { Role } from "../../api";
import type { Texts } from "../../locales";
import { nameOf } from "../flow/names";

export const kinds = ["item", "rectification", "dispatched", "flow", "submission", "session", "admission", "term", "dues_back_payment"] as const;

export function said({ language }: Texts, words: BothWords): string {
  return language === "en" ? words.en : words.zh;
}

/** What is due, in one line: the kind, what it is called, and what tells it more closely. */
export function named(texts: Texts, entry: CalendarEntry): string {
  const { code, date, has } = texts;
  const kind = has(`calendar.kind_${entry.kind}`) ? code("calendar", `kind_${entry.kind}`) : said(texts, entry.name);
  return [kind, entry.title, closer()].filter(Boolean).join(" · ");

  function closer(): string {
    if (entry.code === "") return "";
    if (/^\d{4}-\d{2}$/.test(entry.code)) return date(entry.code);
    if (entry.kind === "flow") return flowDeadline(texts, entry.code);
    if (entry.kind === "admission") return code("stage", entry.code);
    return has(`record.${entry.code}`) ? code("record", entry.code) : entry.code;
  }
}

/** 群众诉求办理：办结时限: a template and its deadline, each in the language of the screen. */
function flowDeadline(texts: Texts, told: string): string {
  const [flow = "", ...deadline] = told.split("：");
  return deadline.length === 0 ? nameOf(texts, flow) : texts.pair(nameOf(texts, flow), nameOf(texts, deadline.join("：")));
}

/** 今天到期, 还有 n 天, 已过 n 天. */
export function far({ t }: Texts, days: number): string {
  if (days === 0) return t("calendar.today");
  return days > 0 ? t("calendar.left", { n: days }) : t("calendar.over", { n: -days });
}

export interface Target {
  to: string;
  search: Record<string, string | number>;
}

/** Where it is done here, or looked at below; none: there is no screen of its own. */
export function target(entry: CalendarEntry, role: Role): Target | null {
  const only = entry.units.length === 1 ? entry.units[0] : undefined;
  const here = entry.units.some((unit) => unit.here);
  const id: Record<string, string> = only?.record ? { id: only.record } : {};
  // Of whatever template; of several units each opens from its own list.
  if (entry.kind === "flow") return only?.record ? { to: "/flow", search: id } : { to: "/flows", search: {} };
  if (here && role === "branch") {
    switch (entry.kind) {
      case "submission":
        return { to: "/month", search: { id: entry.code } };
      case "session":
        return { to: "/meeting", search: { tab: entry.code } };
      case "admission":
        return { to: "/applicant", search: id };
      case "term":
        return { to: "/members", search: { tab: "term" } };
      case "dues_back_payment":
        return { to: "/dues", search: { tab: "arrears" } };
      case "dispatched":
        return { to: "/checklists", search: { tab: "superior", ...id } };
      case "item":
      case "rectification":
        return { to: "/checklists", search: { tab: entry.kind === "item" ? "own" : "rectification", ...id } };
      default:
        return null;
    }
  }
  const office: Record<string, string> = only && !only.here ? { office: only.office } : {};
  switch (entry.kind) {
    case "submission":
      return { to: "/decide", search: { tab: "months" } };
    case "session":
      return { to: "/merged", search: { ledger: "meetings", ...office } };
    case "admission":
      return here ? { to: "/decide", search: {} } : null;
    case "dispatched":
      return { to: "/dispatch", search: { tab: "items", ...id } };
    case "item":
    case "rectification":
      return here ? null : { to: "/merged", search: { ledger: "checklists", ...office } };
    default:
      return null;
  }
}
