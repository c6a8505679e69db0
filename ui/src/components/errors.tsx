import { Button } from "antd";
import { RpcError } from "../api";
import type { ErrorDto } from "../api/generated/ErrorDto";
import { type Texts, useTexts } from "../locales";
import { Notice } from "./Words";

/** The sentence for a coded error; a code that is newer than this program is shown with its values. */
export function errorText(texts: Texts, error: ErrorDto): string {
  const key = `errors.${error.code}`;
  // A refused file also says what to do with it.
  const todo = error.params["todo"] ? texts.code("importTodo", error.params["todo"]) : "";
  if (texts.has(key)) return texts.code("errors", error.code, error.params) + todo;
  const params = Object.entries(error.params).map(([name, value]) => `${name}=${value}`).join(", ");
  return texts.t("errors.unknown", { code: error.code, params });
}

export function toDto(error: unknown): ErrorDto {
  return error instanceof RpcError ? error.dto : { code: "internal", field: null, params: {} };
}

/** The field that a code is about when the node names none. */
const usualField: Record<string, string> = {
  date_not_understood: "date",
  date_far: "date",
  household_required: "household",
  participants_required: "participants",
  concern_incomplete: "concern",
  member_duplicate: "name",
  ticket_invalid: "ticket",
  ticket_expired: "ticket",
  ticket_used: "ticket",
  amount_out_of_range: "amount",
};

/** Errors by field, from the one that the node named; the rest stands at the form's foot. */
export type FieldErrors = Record<string, string>;

export function fieldErrors(texts: Texts, error: unknown, fields: readonly string[]): FieldErrors {
  const dto = toDto(error);
  const named = [dto.field, usualField[dto.code]].find((name) => name && fields.includes(name));
  const field = named ?? "";
  return { [field]: errorText(texts, dto) };
}

/** Where a text for above was stopped that a person may let through: its field, or "" for the form's foot. */
export function keptAt(error: unknown, fields: readonly string[]): string | null {
  const dto = toDto(error);
  if (dto.code !== "name_private_match" && dto.code !== "households_unreadable") return null;
  return dto.field && fields.includes(dto.field) ? dto.field : "";
}

export function ErrorNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const texts = useTexts();
  return (
    <Notice
      tone="red"
      alert
      action={retry ? <Button onClick={retry}>{texts.t("common.retry")}</Button> : null}
    >
      {errorText(texts, toDto(error))}
    </Notice>
  );
}
