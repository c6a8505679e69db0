import type { Role } from "../api";
import type { TextKey } from "../locales";

export interface NavEntry {
  to: string;
  label: TextKey;
  /** Part of the program that a profile may hide. */
  area?: string;
  /** What it belongs to: entries of one group stand under its name, and are shown while one of them is open. */
  group?: TextKey;
}

/** What each kind of office works with, in the order of the menu. */
export const navByRole: Record<Role, readonly NavEntry[]> = {
  branch: [
    { to: "/", label: "nav.today" },
    { to: "/visits", label: "nav.visits" },
    { to: "/meetings", label: "nav.meetings" },
    { to: "/dues", label: "nav.dues", area: "dues" },
    { to: "/checklists", label: "nav.checklists" },
    { to: "/members", label: "nav.members" },
    { to: "/month", label: "nav.month" },
    { to: "/sheets", label: "nav.sheets" },
    { to: "/import", label: "nav.import" },
    { to: "/sync", label: "nav.sync" },
    { to: "/settings", label: "nav.settings" },
    { to: "/help", label: "nav.help" },
  ],
  committee: [
    { to: "/", label: "nav.today" },
    { to: "/decide", label: "nav.decide" },
    { to: "/matrix", label: "nav.matrix", group: "nav.below" },
    { to: "/merged", label: "nav.merged", group: "nav.below" },
    { to: "/alike", label: "nav.alike", area: "households", group: "nav.below" },
    { to: "/charts", label: "nav.charts", group: "nav.below" },
    { to: "/calendar", label: "nav.calendar" },
    { to: "/dispatch", label: "nav.lists", group: "nav.dispatch" },
    { to: "/interviews", label: "rounds.interviews", group: "nav.dispatch" },
    { to: "/flows", label: "nav.flows", group: "nav.dispatch" },
    { to: "/common", label: "rounds.common", group: "nav.dispatch" },
    { to: "/weak", label: "rounds.weak", group: "nav.dispatch" },
    { to: "/lists", label: "rounds.lists", group: "nav.dispatch" },
    { to: "/projects", label: "rounds.projects", group: "nav.dispatch" },
    { to: "/letters", label: "rounds.letters", group: "nav.dispatch" },
    { to: "/rules", label: "nav.rules", group: "nav.dispatch" },
    { to: "/concerns", label: "nav.concerns" },
    { to: "/org", label: "nav.org", area: "organisation" },
    { to: "/snapshots", label: "nav.snapshots", area: "totals" },
    { to: "/sync", label: "nav.sync" },
    { to: "/settings", label: "nav.settings" },
    { to: "/help", label: "nav.help" },
  ],
  department: [
    { to: "/", label: "nav.today" },
    { to: "/snapshots", label: "nav.snapshots", area: "totals" },
    { to: "/dispatch", label: "nav.lists", group: "nav.dispatch" },
    { to: "/interviews", label: "rounds.interviews", group: "nav.dispatch" },
    { to: "/flows", label: "nav.flows", group: "nav.dispatch" },
    { to: "/org", label: "nav.org", area: "organisation" },
    { to: "/root", label: "nav.root", area: "organisation" },
    { to: "/sync", label: "nav.sync" },
    { to: "/settings", label: "nav.settings" },
    { to: "/help", label: "nav.help" },
  ],
};
