import type { DueItem } from "../../api/generated/DueItem";

export interface Target {
  to: string;
  search: { id?: string; tab?: string };
}

/** Where the one button of a due item leads. */
export function dueLink(item: DueItem): Target {
  const id = item.target === null ? {} : { id: item.target };
  switch (item.code) {
    case "members_meeting_missing":
      return { to: "/meeting", search: { tab: "members_meeting" } };
    case "committee_meeting_missing":
      return { to: "/meeting", search: { tab: "committee_meeting" } };
    case "lesson_missing":
      return { to: "/meeting", search: { tab: "lesson" } };
    case "theme_day_missing":
      return { to: "/meeting", search: { tab: "theme_day" } };
    case "dues_unpaid":
      return { to: "/dues", search: { tab: "collect" } };
    case "concern_due":
      return { to: "/visits", search: { tab: "concerns", ...id } };
    case "concern_not_handed_in":
      return { to: "/hand-in", search: {} };
    default:
      return { to: "/checklists", search: id };
  }
}
