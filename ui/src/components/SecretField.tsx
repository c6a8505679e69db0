import { Input } from "antd";
import { Field, type FieldProps } from "./Field";

/** A passphrase: hidden while it is typed, shown on request, remembered by no browser. */
export function SecretField({ value, onChange, autoFocus, ...field }: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}) {
  return (
    <Field {...field}>
      {(control) => (
        <Input.Password {...control} value={value} autoFocus={autoFocus} autoComplete="off" spellCheck={false}
          onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
