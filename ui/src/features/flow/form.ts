import type { FlowMay } from "../../api/generated/FlowMay";
import type { FlowRow } from "../../api/generated/FlowRow";
import type { FlowTemplate } from "../../api/generated/FlowTemplate";
import type { FieldErrors } from "../../components";

/** What is typed into an act: the plain fields by their names, the template's own keys beside them. */
export type ActForm = Record<string, string>;

/** Fields of the call itself; everything else goes into its data. */
export const plain = ["person", "role", "due", "value", "note"] as const;

/** In which order things are asked: what is decided first, then in words, then who and when. */
const order = ["value", "measure", "plan", "note", "person", "role", "due", "unit", "leader"];

/** What an act asks for, and what besides. */
export function keysOf(may: FlowMay): { key: string; needed: boolean }[] {
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.indexOf("note") + 0.5);
  const all = [...may.needs.map((key) => ({ key, needed: true })), ...may.may.map((key) => ({ key, needed: false }))];
  return all.toSorted((a, b) => Number(b.needed) - Number(a.needed) || place(a.key) - place(b.key));
}

/** What the template says that a thing should be, such as 20 minutes for a report; none: it says nothing. */
export function figureOf(template: FlowTemplate | null, key: string): number | undefined {
  return template?.figures[key];
}

/** What stands in an act before anything is typed: figures as the template says they should be, unit and leader as they are. */
export function startOf(may: FlowMay, template: FlowTemplate | null, row: Pick<FlowRow, "unit" | "leader">): ActForm {
  const figures = may.needs.flatMap((key): [string, string][] => {
    const figure = figureOf(template, key);
    return figure === undefined ? [] : [[key, String(figure)]];
  });
  const known = (["unit", "leader"] as const).filter((key) => row[key] !== "" && [...may.needs, ...may.may].includes(key));
  return Object.fromEntries([...known.map((key): [string, string] => [key, row[key]]), ...figures]);
}

/** What is missing, at its field. */
export function missingOf(may: FlowMay, form: ActForm, words: string): FieldErrors {
  return Object.fromEntries(may.needs.filter((key) => (form[key] ?? "").trim() === "").map((key) => [key, words]));
}

/** The call's fields and its data, without what was left empty. */
export function actOf(may: FlowMay, form: ActForm): { person: string; role: string; due: string; value: string; note: string; data: Record<string, string> } {
  const said = (key: string) => (form[key] ?? "").trim();
  const own = keysOf(may).map(({ key }) => key).filter((key) => !(plain as readonly string[]).includes(key) && said(key) !== "");
  return {
    person: said("person"), role: said("role"), due: said("due"), value: said("value"), note: said("note"),
    data: Object.fromEntries(own.map((key) => [key, said(key)])),
  };
}
