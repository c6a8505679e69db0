import type { OfficeCard } from "../api/generated/OfficeCard";
import { Notice } from "../components";
import { useTexts } from "../locales";

/** What this computer is not, said on every screen: a viewer's changes nothing, a custodian's records are marked. */
export function StandingNotice({ office }: { office: OfficeCard | null }) {
  const { t } = useTexts();
  if (office?.role === "viewer") return <div className="standing"><Notice tone="grey">{t("frame.readOnly")}</Notice></div>;
  if (office?.custody) return <div className="standing"><Notice tone="blue">{t("frame.inCustody", { name: office.name })}</Notice></div>;
  return null;
}
