import type { Texts } from "../../locales";

export const groupings = ["unit", "month", "kind", "state"] as const;
export type Grouping = (typeof groupings)[number];

/** The word of a state; an item's and a concern's differ. */
export function stateWord({ t, code, has }: Texts, ledger: string, state: string): string {
  if (ledger === "concerns" && has(`concern.${state}`)) return code("concern", state);
  if (ledger === "checklists" && has(`checklist.${state}`)) return code("checklist", state);
  return state ? code("record", state) : t("ledger.none");
}
