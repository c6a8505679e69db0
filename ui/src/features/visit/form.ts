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
  place: string;
  theme: string;
  minutes: string;
}

const noConcern = { hasConcern: "" as const, category: "", text: "", privateNote: "", nextStep: "", owner: "", deadline: "" };

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
    place: "",
    theme: "",
    minutes: "",
  };
}

/** 保存并记下一户 keeps date, kind and participants. */
export function nextForm(form: VisitForm, defaults: Output<"visit.defaults">): VisitForm {
  return { ...emptyForm(defaults, null), date: form.date, kind: form.kind, participants: form.participants };
}

export function formOf(view: Output<"visit.get">): VisitForm {
  const { row, concern } = view;
  return {
    date: row.date,
    kind: row.kind,
    household: view.householdId === null ? null : { id: view.householdId, name: row.household ?? "", door: "", phone: "" },
    publicPlace: view.householdId === null && row.householdErased === null,
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
        }
      : { ...noConcern, hasConcern: "no" as const }),
    place: row.place,
    theme: view.theme,
    minutes: view.minutes === null ? "" : String(view.minutes),
  };
}

/** What is missing, by field; the same fields that the node names. */
export function check(form: VisitForm, { t }: Texts): FieldErrors {
  const errors: FieldErrors = {};
  const need = (field: string, value: string) => {
    if (value.trim() === "") errors[field] = t("errors.required");
  };
  need("date", form.date);
  if (!form.household && !form.publicPlace && form.erased !== true) errors["household"] = t("errors.household_required");
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
    concern: form.hasConcern === "yes"
      ? {
          category: form.category,
          text: form.text.trim(),
          privateNote: form.privateNote.trim(),
          nextStep: form.nextStep.trim(),
          owner: form.owner.trim(),
          deadline: form.deadline.trim(),
        }
      : null,
    ...agreed,
  };
}

/** What a person said to the node's doubts. */
export type Agreed = Pick<Input<"visit.save">, "confirmDate" | "keepMatches">;

/** Adds the value, or takes it away. */
export function toggle(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

export const errorFields = [
  "date", "kind", "household", "participants", "situation", "situationText", "place", "theme", "minutes", "concern",
  "concern.category", "concern.text", "concern.privateNote", "concern.nextStep", "concern.owner", "concern.deadline",
] as const;
