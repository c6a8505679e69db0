import type { ReactNode } from "react";
import { useTexts } from "../locales";
import { useMedia } from "./media";

/** What a list is narrowed to. On a phone it is one line that says what is chosen, so that the list begins on the first screen. */
export function Filters({ chosen, more, children }: {
  /** What is chosen, in words; what is empty is left out. */
  chosen: readonly string[];
  /** Asked for more rarely. */
  more?: ReactNode;
  children: ReactNode;
}) {
  const { t, pair } = useTexts();
  const narrow = useMedia("(max-width: 40rem)");
  if (narrow) {
    return (
      <details className="filter-fold card flush no-print">
        <summary>{pair(t("common.filters"), chosen.filter(Boolean).join(" · "))}</summary>
        <div className="fields filters">{children}{more}</div>
      </details>
    );
  }
  return (
    <div className="stack tight no-print">
      <div className="fields filters">{children}</div>
      {more ? <details className="filter-fold"><summary>{t("common.moreFilters")}</summary><div className="fields filters">{more}</div></details> : null}
    </div>
  );
}
