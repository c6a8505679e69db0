import type { CellState } from "../../api/generated/CellState";
import { useTexts } from "../../locales";

export const symbols: Record<CellState, string> = { accepted: "●", submitted: "◐", returned: "↩", recorded: "◔", missing: "○", not_due: "─", unknown: "?" };
const order: readonly CellState[] = ["accepted", "submitted", "returned", "recorded", "missing", "not_due", "unknown"];

/** What each sign means, in words. */
export function Legend() {
  const { t } = useTexts();
  return (
    <ul className="legend" aria-label={t("ledger.legend")}>
      {order.map((state) => <li key={state}><span className={`sign sign-${state}`} aria-hidden="true">{symbols[state]}</span> {t(`ledger.${state}`)}</li>)}
      <li><span className="sign" aria-hidden="true">✎</span> {t("ledger.custodian")}</li>
    </ul>
  );
}
