import type { AbsentUnit } from "../../api/generated/AbsentUnit";
import { useTexts } from "../../locales";

/** Units of which nothing new is known: what they owe stands there as far as it was delivered. */
export function AbsentPart({ units }: { units: readonly AbsentUnit[] }) {
  const { t, code, date } = useTexts();
  if (units.length === 0) return null;
  return (
    <details className="card flush entries">
      <summary>? {t("calendar.absent", { n: units.length })}</summary>
      <div className="inner">
        <p className="soft">{t("calendar.absentHint")}</p>
        <ul className="names">{units.map((unit) => <li key={unit.office ?? unit.name}>{unit.name} <span className="soft">{code("calendar", unit.state, { date: date(unit.asOf) })}</span></li>)}</ul>
      </div>
    </details>
  );
}
