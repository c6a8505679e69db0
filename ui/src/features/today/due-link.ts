import type { DueItem } from "../../api/generated/DueItem";

export interface Target {
  to: string;
  search: { id?: string; tab?: string };
}

/** Where the one button of a due item leads. */
export function dueLink(item: DueItem): Target {
  const id = item.target === null ? {} : { id: item.target };
  // `lesson_missing` and the like name the kind to arrange.
  const kind = /^(\w+?)(?:_groups)?_missing$/.exec(item.code)?.[1];
  if (kind) return { to: "/meeting", search: { tab: kind } };
  switch (item.code) {
    case "session_today":
      return { to: "/meeting-plan", search: {} };
    case "dues_remind":
      return { to: "/dues", search: { tab: "arrears" } };
    case "dues_double":
    case "dues_unpaid":
      return { to: "/dues", search: { tab: "collect" } };
    case "month_end":
    case "submission_returned":
    case "submission_disputed":
      return { to: "/month", search: id };
    case "item_returned":
    case "item_disputed":
      return { to: "/checklists", search: { tab: "superior", ...id } };
    case "concern_due":
    case "concern_answered":
      return { to: "/visits", search: { tab: "concerns", ...id } };
    case "concern_not_handed_in":
      return { to: "/hand-in", search: {} };
    case "round_table_due":
      return { to: "/visit", search: { tab: "round_table" } };
    case "consolation_due":
      return { to: "/visits", search: { tab: "consolation" } };
    case "term_ending":
    case "term_over":
      return { to: "/members", search: { tab: "term" } };
    case "transfer_arriving":
    case "transfer_leaving":
      return { to: "/members", search: { tab: "transfer" } };
    case "admission_late":
      return { to: "/members", search: { tab: "admission" } };
    case "mobile_lost":
    case "mobile_settled":
      return { to: "/members", search: { tab: "mobile" } };
    default:
      return { to: "/checklists", search: id };
  }
}
