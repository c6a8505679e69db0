import { Input } from "antd";
import { Field, type FieldProps } from "./Field";

/** A PIN: digits that nobody reads over a shoulder, and that no browser keeps. */
export function PinField({ value, onChange, ...field }: FieldProps & { value: string; onChange: (pin: string) => void }) {
  return (
    <Field {...field}>
      {(control) => (
        <Input {...control} type="password" inputMode="numeric" autoComplete="off" maxLength={12} value={value}
          onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, ""))} />
      )}
    </Field>
  );
}
