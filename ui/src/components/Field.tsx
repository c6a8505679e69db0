import { Input } from "antd";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useTexts } from "../locales";
import { Glyph } from "./Glyph";
import { KeepButton } from "./KeepButton";

export interface FieldProps {
  label: string;
  required?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  /** Words beside the label, such as who can see it. */
  mark?: ReactNode;
  /** Offered where a text for above was stopped: saves it as written, and logs that. */
  keep?: (() => void) | undefined;
}

export interface ControlProps {
  id: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
  "aria-describedby"?: string;
}

/** Label above, control, hint, and the error at the field itself. */
export function Field({ label, required, hint, error, mark, remedy, children }: Omit<FieldProps, "keep"> & {
  /** What helps against the error, below it. */
  remedy?: ReactNode;
  children: (control: ControlProps) => ReactNode;
}) {
  const { t } = useTexts();
  const id = useId();
  const notes = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>
        <span>
          {label}
          {required ? <span className="star" title={t("common.required")}>*</span> : null}
        </span>
        {mark}
      </label>
      {children({
        id,
        ...(error ? { "aria-invalid": true as const } : {}),
        ...(required ? { "aria-required": true as const } : {}),
        ...(notes ? { "aria-describedby": notes } : {}),
      })}
      {hint ? <div className="hint" id={`${id}-hint`}>{hint}</div> : null}
      <FieldError id={`${id}-error`} error={error} />
      {remedy}
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <div className="error" id={id} role="alert">
      <Glyph name="warn" />
      <span>{error}</span>
    </div>
  );
}

export function TextField({ value, onChange, rows, placeholder, list, autoFocus, inputMode, disabled, keep, ...field }: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  placeholder?: string;
  /** Words to choose from while typing. */
  list?: readonly string[];
  autoFocus?: boolean;
  inputMode?: "text" | "numeric" | "decimal";
  disabled?: boolean;
}) {
  const listId = useId();
  // What was refused is not here any more: its error neither, until it is refused again.
  const [cleaned, setCleaned] = useState(false);
  const stopped = keep !== undefined;
  useEffect(() => {
    if (stopped || !field.error) setCleaned(false);
  }, [stopped, field.error]);
  const remedy = keep ? <KeepButton onKeep={keep} typed={value} onClean={(clean) => { onChange(clean); setCleaned(true); }} /> : null;
  return (
    <Field {...field} error={cleaned ? undefined : field.error} remedy={remedy}>
      {(control) =>
        rows ? (
          <Input.TextArea {...control} value={value} rows={rows} placeholder={placeholder} disabled={disabled} autoFocus={autoFocus}
            onChange={(event) => onChange(event.target.value)} />
        ) : (
          <>
            <Input {...control} value={value} placeholder={placeholder} inputMode={inputMode} disabled={disabled}
              list={list ? listId : undefined} autoFocus={autoFocus} autoComplete="off"
              onChange={(event) => onChange(event.target.value)} />
            {list ? <datalist id={listId}>{list.map((word) => <option key={word} value={word} />)}</datalist> : null}
          </>
        )
      }
    </Field>
  );
}

export interface Option<V extends string = string> {
  value: V;
  label: string;
}

export function SelectField<V extends string>({ value, onChange, options, empty, disabled, keep: _, ...field }: FieldProps & {
  value: V | "";
  onChange: (value: V) => void;
  options: readonly Option<V>[];
  /** Words of the empty choice; without it there is none. */
  empty?: string;
  disabled?: boolean;
}) {
  return (
    <Field {...field}>
      {(control) => (
        <select {...control} className="control" value={value} disabled={disabled} onChange={(event) => onChange(event.target.value as V)}>
          {empty === undefined ? null : <option value="">{empty}</option>}
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </Field>
  );
}
