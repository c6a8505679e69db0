import { useState } from "react";
import type { Input } from "../../api";
import { Filters, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";

type ListInput = Input<"checklist.list">;
const states = ["unfinished", "open", "in_progress", "done", "returned", "accepted", "finished", "disputed", "not_acknowledged"] as const;
const sorts = ["deadline", "-deadline", "title", "leader", "person", "state"] as const;

export const allItems: ListInput = { below: false, office: null, year: null, text: null, state: null, origin: null, overdue: null, leader: null, person: null, from: null, to: null, sort: null, offset: 0, limit: 0 };

/** Words, state and order of a list of items. */
export function useItemFilters(initialText = "") {
  const [text, setText] = useState(initialText);
  const [state, setState] = useState("");
  const [sort, setSort] = useState("");
  const late = state === "overdue";
  const part: Partial<ListInput> = { text: text.trim() || null, state: late ? null : state || null, overdue: late ? true : null, sort: sort || null };
  return { part, text, setText, state, setState, sort, setSort };
}

export function ItemFilters({ filters, byOffice, accepts }: { filters: ReturnType<typeof useItemFilters>; byOffice?: boolean; accepts?: boolean }) {
  const { t, code } = useTexts();
  const kinds = [...(accepts ? (["awaits_acceptance", ...states] as const) : states).map((value) => ({ value: value as string, label: code("checklist", `filter_${value}`) })), { value: "overdue", label: t("checklist.overdue") }];
  const chosen = [kinds.find((one) => one.value === filters.state)?.label ?? t("common.all"), filters.text.trim() ? `“${filters.text.trim()}”` : ""];
  return (
    <Filters chosen={chosen}>
      <TextField label={t("checklist.filter")} value={filters.text} onChange={filters.setText} />
      <SelectField label={t("checklist.state")} value={filters.state} empty={t("common.all")} onChange={filters.setState} options={kinds} />
      <SelectField label={t("checklist.sort")} value={filters.sort} empty={t("checklist.sort_due")} onChange={filters.setSort}
        options={[...sorts, ...(byOffice ? (["office"] as const) : [])].map((value) => ({ value, label: code("checklist", `sort_${value.replace("-", "down_")}`) }))} />
    </Filters>
  );
}
