import { Link } from "@tanstack/react-router";
import { useRecords } from "../../api";
import { useTexts } from "../../locales";

/** The three large buttons of the evening. */
export function TodayBranch() {
  const { t } = useTexts();
  // Why there is nothing to press stands above on the screen.
  if (!useRecords()) return null;
  return (
    <div className="big-buttons">
      <Link className="big-button" to="/visit">{t("today.visit")} <kbd>F2</kbd></Link>
      <Link className="big-button" to="/roll">{t("today.roll")} <kbd>F3</kbd></Link>
      <Link className="big-button" to="/dues" search={{ tab: "collect" }}>{t("today.dues")} <kbd>F4</kbd></Link>
    </div>
  );
}
