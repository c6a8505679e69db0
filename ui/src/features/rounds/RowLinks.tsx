import { Link } from "@tanstack/react-router";
import { useTexts } from "../../locales";

const pages = [["/interviews", "interviews"], ["/lists", "lists"], ["/projects", "projects"], ["/letters", "letters"], ["/weak", "weak"]] as const;

/** From what was sent to a unit to the screens of each kind. */
export function RowLinks() {
  const { t } = useTexts();
  return (
    <nav className="row" aria-label={t("rounds.byKind")}>
      {pages.map(([to, key]) => <Link key={to} to={to} className="ant-btn">{t(`rounds.${key}`)}</Link>)}
    </nav>
  );
}
