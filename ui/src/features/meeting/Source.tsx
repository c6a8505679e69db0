import type { RuleRef } from "../../api/generated/RuleRef";
import { useTexts } from "../../locales";

/** The rule that a verdict used, in words and with its source. */
export function Source({ rule }: { rule: RuleRef }) {
  const { t } = useTexts();
  return (
    <div className="stack tight">
      <p>{rule.text}</p>
      <p className="soft">{t("roll.source", { citation: rule.citation, version: rule.version })}</p>
    </div>
  );
}
