import type { Input, Output } from "../../api";
import type { VisitKind } from "../../api/generated/VisitKind";
import type { FieldErrors } from "../../components";
import type { Texts } from "../../locales";

export interface ChosenHousehold {
  /** None: new, made with the visit. */
  id: string | null;
  name: string;
  door: string;
  phone: string;
}

/** The visit as it stands in the form; also what a draft holds. */
export interface VisitForm {
  date: string;
  kind: VisitKind;
  household: ChosenHousehold | null;
  publicPlace: boolean;
  /** The household of this visit was erased; the visit stays as it is. */
  erased?: boolean;
  participants: string[];
  situation: string[];
  situationText: string;
  hasConcern: "" | "no" | "yes";
  category: string;
  text: string;
  privateNote: string;
  nextStep: string;
  owner: string;
  deadline: string;
  /** 归口单位 of the concern. */
  matterUnit: string;
  place: string;
  theme: string;
  minutes: string;
  start: string;
  recorder: string;
  unit: string;
  /** The round table of the same evening. */
  table: string | null;
  occasion: string;
  whom: string;
  /** 慰问 to a member. */
  member: { id: string; name: string } | null;
}

const noConcern = { hasConcern: "" as const, category: "", text: "", privateNote: "", nextStep: "", owner: "", deadline: "", matterUnit: "" };

export function emptyForm(defaults: Output<"visit.defaults">, declaredToday: string | null): VisitForm {
  return {
    date: defaults.date ?? declaredToday ?? "",
    kind: defaults.kind,
    household: null,
    publicPlace: false,
    participants: defaults.participants,
    situation: [],
    situationText: "",
    ...noConcern,
    ...noMore,
  };
}

const noMore = { place: "", theme: "", minutes: "", start: "", recorder: "", unit: "", table: null, occasion: "", whom: "", member: null };

/**
 * 保存并记下一户 keeps date, kind and participants. After a round table come the visits of its evening, so the next form is a
 * household's and belongs to it.
 */
export function nextForm(form: VisitForm, defaults: Output<"visit.defaults">, saved: string): VisitForm {
  const { date, participants, recorder, unit, occasion } = form;
  const round = form.kind === "round_table";
  return {
    ...emptyForm(defaults, null), date, participants, recorder, unit,
    kind: round ? "household" : form.kind,
    table: round ? saved : form.table,
    occasion: form.kind === "consolation" ? occasion : "",
  };
}

/** A visit of the evening of a round table. */
export function ofEvening(form: VisitForm, table: Output<"visit.get">): VisitForm {
  const { row, recorder } = table;
  return { ...form, date: row.date, kind: "household", participants: row.participants, recorder, unit: row.unit, table: row.id };
}

export function formOf(view: Output<"visit.get">): VisitForm {
  const { row, concern } = view;
  return {
    date: row.date,
    kind: row.kind,
    household: view.householdId === null ? null : { id: view.householdId, name: row.household ?? "", door: "", phone: "" },
    publicPlace: view.householdId === null && view.memberId === null && row.householdErased === null,
    erased: row.householdErased !== null,
    participants: row.participants,
    situation: row.situation,
    situationText: row.situationText,
    ...(concern
      ? {
          hasConcern: "yes" as const,
          category: concern.category,
          text: concern.text,
          privateNote: concern.privateNote,
          nextStep: concern.nextStep,
          owner: concern.owner,
          deadline: concern.deadline ?? "",
          matterUnit: concern.unit,
        }
      : { ...noConcern, hasConcern: "no" as const }),
    place: row.place,
    theme: view.theme,
    minutes: view.minutes === null ? "" : String(view.minutes),
    start: view.start,
    recorder: view.recorder,
    unit: row.unit,
    table: row.table,
    occasion: row.occasion,
    whom: row.whom,
    member: view.memberId === null ? null : { id: view.memberId, name: row.member ?? "" },
  };
}

/** What is missing, by field; the same fields that the node names. */
export function check(form: VisitForm, { t }: Texts): FieldErrors {
  const errors: FieldErrors = {};
  const need = (field: string, value: string) => {
    if (value.trim() === "") errors[field] = t("errors.required");
  };
  need("date", form.date);
  if (!form.household && !form.publicPlace && !toMember(form) && form.erased !== true) errors["household"] = t("errors.household_required");
  if (form.participants.length === 0) errors["participants"] = t("errors.participants_required");
  need("concern", form.hasConcern);
  if (form.hasConcern === "yes") {
    need("concern.category", form.category);
    need("concern.text", form.text);
    need("concern.nextStep", form.nextStep);
    need("concern.owner", form.owner);
    need("concern.deadline", form.deadline);
  }
  if (!/^\s*\d{0,4}\s*$/.test(form.minutes)) errors["minutes"] = t("errors.invalid_input");
  return errors;
}

/** 慰问 to a member: no household is asked for. */
export function toMember(form: VisitForm): boolean {
  return form.kind === "consolation" && (form.whom === "member_difficulty" || form.whom === "old_member") && form.member !== null;
}

export function inputOf(form: VisitForm, id: string | null, agreed: Agreed): Input<"visit.save"> {
  const { household } = form;
  return {
    id,
    date: form.date.trim(),
    kind: form.kind,
    household: household?.id ?? null,
    newHousehold: household && household.id === null
      ? { id: null, name: household.name, door: household.door, phone: household.phone, note: "" }
      : null,
    publicPlace: form.publicPlace,
    participants: form.participants,
    situation: form.situation,
    situationText: form.situationText.trim(),
    place: form.place.trim(),
    theme: form.theme.trim(),
    minutes: form.minutes.trim() === "" ? null : Number(form.minutes),
    table: form.table,
    start: form.start.trim(),
    recorder: form.recorder.trim(),
    occasion: form.kind === "consolation" ? form.occasion : "",
    whom: form.kind === "consolation" ? form.whom : "",
    member: toMember(form) ? (form.member?.id ?? null) : null,
    unit: form.unit.trim(),
    concern: form.hasConcern === "yes"
      ? {
          category: form.category,
          text: form.text.trim(),
          privateNote: form.privateNote.trim(),
          nextStep: form.nextStep.trim(),
          owner: form.owner.trim(),
          deadline: form.deadline.trim(),
          unit: form.matterUnit.trim(),
        }
      : null,
    ...agreed,
  };
}

/** What of the form the street sees as it is typed; a concern's text goes up by a step of its own. */
export function upwardTexts({ situation, situationText, place, theme, unit, matterUnit }: VisitForm): Partial<VisitForm> {
  return { situation, situationText, place, theme, unit, matterUnit };
}

/** What a person said to the node's doubts. */
export type Agreed = Pick<Input<"visit.save">, "confirmDate" | "keepMatches">;

/** Adds the value, or takes it away. */
export function toggle(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

export const errorFields = [
  "date", "kind", "household", "participants", "situation", "situationText", "place", "theme", "minutes", "start", "recorder", "unit", "member", "whom", "concern",
  "concern.category", "concern.text", "concern.privateNote", "concern.nextStep", "concern.owner", "concern.deadline", "concern.unit",
] as const;
