import type { Language } from "../locales";
import { en } from "./en";
import type { HelpPage, HelpPages } from "./types";
import { zhCN } from "./zh-CN";

export type { HelpPage } from "./types";

/** The page of each route; several routes of one matter share a page. */
export const pageOfRoute: Readonly<Record<string, string>> = {
  "/": "today",
  "/visits": "visits",
  "/visit": "visit",
  "/hand-in": "handIn",
  "/household": "household",
  "/concerns": "concerns",
  "/meetings": "meetings",
  "/meeting": "meetings",
  "/roll": "roll",
  "/meeting-plan": "plan",
  "/training": "training",
  "/appraisal": "appraisal",
  "/matters": "matters",
  "/matter": "matters",
  "/vote": "vote",
  "/dues": "dues",
  "/rules": "rules",
  "/checklists": "checklists",
  "/item": "checklists",
  "/templates": "checklists",
  "/dispatch": "dispatch",
  "/interviews": "interviews",
  "/common": "common",
  "/weak": "weak",
  "/lists": "lists",
  "/projects": "projects",
  "/letters": "letters",
  "/members": "members",
  "/member": "members",
  "/applicant": "applicant",
  "/cases": "decide",
  "/decide": "decide",
  "/submission": "decide",
  "/import": "import",
  "/sync": "sync",
  "/join": "join",
  "/leaves": "leaves",
  "/org": "org",
  "/tree": "tree",
  "/take-over": "custody",
  "/root": "root",
  "/matrix": "matrix",
  "/merged": "merged",
  "/alike": "alike",
  "/charts": "charts",
  "/calendar": "calendar",
  "/snapshots": "snapshots",
  "/snapshot": "snapshots",
  "/month": "month",
  "/year": "year",
  "/conflicts": "conflicts",
  "/devices": "devices",
  "/handover": "devices",
  "/security": "security",
  "/settings": "settings",
  "/log": "settings",
  "/roles": "settings",
  "/past": "past",
  "/deleted": "past",
  "/sheets": "sheets",
  "/templates-xlsx": "forms",
  "/flows": "flows",
  "/flow": "flow",
  "/case": "flow",
  "/help": "help",
};

const books = { "zh-CN": zhCN, en } as const;

export function helpPages(language: Language): { screens: HelpPages; topics: HelpPages } {
  return books[language];
}

/** A page by its id, in a language. */
export function helpPage(language: Language, id: string): HelpPage | undefined {
  const { screens, topics } = helpPages(language);
  return screens[id] ?? topics[id];
}

function textOf(page: HelpPage): string {
  return [page.title, page.what, ...page.doing, page.leaves, ...page.when.flatMap(({ when, answer }) => [when, answer])].join("\n").toLowerCase();
}

/** Pages with all the words, those with one in the title first. */
export function searchHelp(language: Language, typed: string): string[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const { screens, topics } = helpPages(language);
  const found = Object.entries({ ...topics, ...screens }).filter(([, page]) => words.every((word) => textOf(page).includes(word)));
  const titled = (page: HelpPage) => (words.some((word) => page.title.toLowerCase().includes(word)) ? 0 : 1);
  return found.toSorted(([, a], [, b]) => titled(a) - titled(b)).map(([id]) => id);
}
