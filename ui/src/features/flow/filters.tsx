import { useState } from "react";
import { type Input, nothing, useQuery } from "../../api";
import type { FlowTemplate } from "../../api/generated/FlowTemplate";
import { Filters, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { categoryName, nameOf } from "./names";

type ListInput = Input<"flow.list">;
const sorts = ["due", "-on", "title", "state", "office", "category", "person"] as const;

export const allFlows: ListInput = {
  below: false, office: null, desk: null, flows: [], states: [], counts: [], notCounts: [], category: null, form: null, channel: null, group: null, source: null,
  unit: null, leader: null, person: null, from: null, to: null, dueFrom: null, dueTo: null, overdue: false, disputed: null, text: null, sort: null, offset: 0, limit: 0,
};

/** Concerns have their categories; problems are classed in an office's own words. */
export const categories = ["roads", "water", "housing", "farming", "welfare", "health", "schooling", "environment", "dispute", "other"] as const;

/** What a list of matters is narrowed to; the whole is one call, so that 50,000 rows are filtered where they are kept. */
export function useFlowFilters(initialText = "", initialState = "unfinished") {
  const [text, setText] = useState(initialText);
  const [state, setState] = useState(initialState);
  const [category, setCategory] = useState("");
  const [office, setOffice] = useState("");
  const [sort, setSort] = useState("");
  const part: Partial<ListInput> = { text: text.trim() || null, category: category.trim() || null, office: office || null, sort: sort || null };
  if (state === "unfinished") part.counts = ["open"];
  else if (state === "finished") part.notCounts = ["open"];
  else if (state === "overdue") part.overdue = true;
  else if (state === "disputed") part.disputed = true;
  else if (state !== "") part.states = [state];
  return { part, text, setText, state, setState, category, setCategory, office, setOffice, sort, setSort };
}

export function FlowFilters({ filters, template, whose }: {
  filters: ReturnType<typeof useFlowFilters>;
  /** Its states are offered. */
  template: FlowTemplate | undefined;
  /** Whose matters; without it an office's own alone. */
  whose?: { value: "below" | "own"; onChange: (whose: "below" | "own") => void };
}) {
  const texts = useTexts();
  const { t } = texts;
  const below = whose?.value === "below";
  const tree = useQuery("org.tree", nothing, { enabled: below });
  const offices = (tree.data ?? []).flatMap((node) => (node.depth > 0 && node.id !== null ? [{ value: node.id, label: node.name }] : []));
  const states = [
    ...(["unfinished", "finished", "overdue"] as const).map((value) => ({ value: value as string, label: t(`flow.${value}`) })),
    { value: "disputed", label: t("flow.disputedOnly") },
    ...(template?.states ?? []).map((one) => ({ value: one.id, label: nameOf(texts, one.name) })),
  ];
  const label = (options: readonly { value: string; label: string }[], value: string) => options.find((one) => one.value === value)?.label ?? "";
  const chosen = [
    label(states, filters.state) || t("flow.all"), whose ? t(`flow.whose_${whose.value}`) : "", below ? label(offices, filters.office) : "",
    template?.id === "case" ? categoryName(texts, filters.category) : filters.category, filters.text.trim() ? `“${filters.text.trim()}”` : "",
  ];
  return (
    <Filters chosen={chosen} more={(
      <>
        {below ? <SelectField label={t("flow.unit")} value={filters.office} empty={t("flow.anyOffice")} onChange={filters.setOffice} options={offices} /> : null}
        {template?.id === "case"
          ? <SelectField label={t("flow.category")} value={filters.category} empty={t("flow.all")} onChange={filters.setCategory} options={categories.map((value) => ({ value: value as string, label: categoryName(texts, value) }))} />
          : <TextField label={t("flow.category")} value={filters.category} onChange={filters.setCategory} />}
        <SelectField label={t("flow.sort")} value={filters.sort} empty={t("flow.sort_due")} onChange={filters.setSort}
          options={sorts.filter((one) => one !== "due").map((value) => ({ value: value as string, label: t(`flow.sort_${value === "-on" ? "on" : value}`) }))} />
      </>
    )}>
      <TextField label={t("flow.filter")} value={filters.text} onChange={filters.setText} />
      <SelectField label={t("flow.state")} value={filters.state} empty={t("flow.all")} onChange={filters.setState} options={states} />
      {whose ? <SelectField<"below" | "own"> label={t("flow.whose")} value={whose.value} onChange={whose.onChange} options={(["own", "below"] as const).map((value) => ({ value, label: t(`flow.whose_${value}`) }))} /> : null}
    </Filters>
  );
}
