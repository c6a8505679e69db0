import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { type Role, useHidden } from "../api";
import { useTexts } from "../locales";
import { type NavEntry, navByRole } from "./nav";

/** Screens that belong under an entry of the menu. */
const under: Record<string, readonly string[]> = {
  "/": ["/", "/conflicts", "/calendar"],
  "/visits": ["/visits", "/visit", "/hand-in"],
  "/meetings": ["/meetings", "/meeting", "/roll", "/meeting-plan", "/training", "/appraisal", "/matters", "/matter", "/vote"],
  "/members": ["/members", "/member", "/applicant"],
  "/checklists": ["/checklists", "/item", "/flows", "/flow", "/case", "/interviews", "/weak", "/lists", "/projects", "/letters"],
  "/concerns": ["/concerns", "/case"],
  "/flows": ["/flows", "/flow"],
  "/decide": ["/decide", "/submission"],
  "/sync": ["/sync", "/join", "/leaves"],
  "/settings": ["/settings", "/org", "/devices", "/handover", "/security", "/roles", "/log", "/deleted", "/past"],
};

export function Nav({ role, path, open }: { role: Role; path: string; open: boolean }) {
  const { t } = useTexts();
  const hides = useHidden();
  const entries = navByRole[role].filter((entry) => !(entry.area && hides(entry.area)));
  const named = entries.some((entry) => entry.to === path);
  const isHere = (entry: NavEntry) => (named ? entry.to === path : (under[entry.to]?.includes(path) ?? false));
  const shownGroup = entries.find(isHere)?.group;
  return (
    <nav className={open ? "nav open" : "nav"} id="nav" aria-label={t("frame.mainNav")}>
      <ul>
        {entries.map((entry, n) => {
          const first = entry.group !== undefined && entries[n - 1]?.group !== entry.group;
          const shown = entry.group === undefined || entry.group === shownGroup;
          return (
            <Fragment key={entry.to}>
              {first && entry.group ? <li><Link to={entry.to} className="group" activeProps={{}} aria-expanded={shown}>{t(entry.group)}</Link></li> : null}
              {shown ? (
                <li className={entry.group ? "inner" : undefined}>
                  <Link to={entry.to} aria-current={isHere(entry) ? "page" : undefined} activeProps={{}}>{t(entry.label)}</Link>
                </li>
              ) : null}
            </Fragment>
          );
        })}
      </ul>
    </nav>
  );
}
