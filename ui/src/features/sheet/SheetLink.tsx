import { Link } from "@tanstack/react-router";
import { useHidden } from "../../api";
import { useTexts } from "../../locales";

/** What each kind shows that a profile may not see: the node gives it no such sheet. */
const areas: Record<string, readonly string[]> = {
  dues_ledger: ["dues"], dues_notice: ["dues"], board: ["dues"], visits: ["households"], visit_ledger: ["households"], handover: ["organisation"],
};

/** From a screen to the sheet that is made of it. */
export function SheetLink({ kind, id, month }: { kind: string; id?: string; month?: number }) {
  const { t } = useTexts();
  const hides = useHidden();
  if (areas[kind]?.some((area) => hides(area))) return null;
  return (
    <Link to="/sheets" search={{ tab: kind, ...(id === undefined ? {} : { id }), ...(month === undefined ? {} : { month }) }} className="ant-btn">
      {t("sheet.link")}
    </Link>
  );
}
