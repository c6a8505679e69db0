import type { MergedAbsent } from "../../api/generated/MergedAbsent";
import { type Texts, useTexts } from "../../locales";

/** Who is not in the list, or not with everything, and why. Absence is never read as not done. */
export function AbsentUnits({ units }: { units: readonly MergedAbsent[] }) {
  const texts = useTexts();
  const { t } = texts;
  if (units.length === 0) return null;
  return (
    <details className="card absent">
      <summary>? {t("ledger.absent", { n: units.length })}</summary>
      <p className="soft">{t("ledger.absentHint")}</p>
      <ul>{units.map((unit) => <li key={unit.office ?? unit.name}>{unit.name} <span className="soft">{absence(texts, unit)}</span></li>)}</ul>
    </details>
  );
}

/** 未加入, 未同步(自…), 未提交(…). */
export function absence({ t, date, month, several }: Texts, unit: MergedAbsent): string {
  switch (unit.state) {
    case "never_joined":
      return t("ledger.not_joined");
    case "never_synced":
      return t("ledger.never_synced");
    case "not_synced":
      return t("ledger.not_synced", { date: date(unit.asOf) });
    default:
      return t("ledger.not_submitted", { months: several(unit.months.map(month)) });
  }
}
