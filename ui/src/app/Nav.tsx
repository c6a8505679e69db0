import { Link } from "@tanstack/react-router";
import { type Role, useHidden } from "../api";
import { useTexts } from "../locales";
import { navByRole } from "./nav";

/** Screens that belong under an entry of the menu. */
const under: Record<string, readonly string[]> = {
  "/": ["/", "/conflicts", "/calendar"],
  "/visits": ["/visits", "/visit", "/hand-in"],
  "/meetings": ["/meetings", "/meeting", "/roll", "/meeting-plan", "/training", "/appraisal", "/matters", "/matter", "/vote"],
  "/members": ["/members", "/member", "/applicant"],
  "/checklists": ["/checklists", "/item"],
  "/decide": ["/decide", "/submission"],
  "/sync": ["/sync", "/join", "/leaves"],
  "/settings": ["/settings", "/org", "/devices", "/handover", "/security", "/roles", "/log", "/deleted", "/past"],
};

export function Nav({ role, path, open }: { role: Role; path: string; open: boolean }) {
  const { t } = useTexts();
  const hides = useHidden();
  const entries = navByRole[role].filter((entry) => !(entry.area && hides(entry.area)));
  const named = entries.some((entry) => entry.to === path);
  return (
    <nav className={open ? "nav open" : "nav"} id="nav" aria-label={t("frame.mainNav")}>
      <ul>
        {entries.map((entry) => {
          const here = named ? entry.to === path : (under[entry.to]?.includes(path) ?? false);
          return (
            <li key={entry.to}>
              <Link to={entry.to} aria-current={here ? "page" : undefined} activeProps={{}}>{t(entry.label)}</Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
