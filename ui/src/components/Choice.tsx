import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { useTexts } from "../locales";
import { FieldError, type Option } from "./Field";
import { composing } from "./keys";

interface GroupProps {
  label: string;
  required?: boolean;
  error?: string | undefined;
  mark?: ReactNode;
}

/** One of a few: radio buttons, one tab stop, arrows choose. */
export function Choice<V extends string>({ label, required, error, mark, value, onChange, options, stacked }: GroupProps & {
  value: V | "";
  onChange: (value: V) => void;
  options: readonly Option<V>[];
  /** One below the other, for answers of a sentence each. */
  stacked?: boolean;
}) {
  const { t } = useTexts();
  const id = useId();
  return (
    <fieldset className="field" role="radiogroup" aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${id}-error` : undefined}>
      <legend>
        <span>
          {label}
          {required ? <span className="star" title={t("common.required")}>*</span> : null}
        </span>
        {mark}
      </legend>
      <div className={stacked ? "choice stacked" : "choice"}>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={id} value={option.value} checked={value === option.value}
              onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}

/** Any of a few: toggle buttons with one tab stop; arrows move, Space or Enter toggles. */
export function Chips({ label, required, error, mark, values, onToggle, options, extra }: GroupProps & {
  values: readonly string[];
  onToggle: (value: string) => void;
  options: readonly Option[];
  /** A last button, such as 其他人. */
  extra?: { label: string; onPress: () => void };
}) {
  const { t } = useTexts();
  const id = useId();
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const count = options.length + (extra ? 1 : 0);
  const current = Math.min(at, count - 1);

  function move(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined || composing(event.nativeEvent)) return;
    event.preventDefault();
    const next = (current + step + count) % count;
    setAt(next);
    box.current?.querySelectorAll("button")[next]?.focus();
  }

  return (
    <fieldset className="field" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>
        <span>
          {label}
          {required ? <span className="star" title={t("common.required")}>*</span> : null}
        </span>
        {mark}
      </legend>
      <div className="chips" ref={box} onKeyDown={move} role="presentation">
        {options.map((option, index) => {
          const on = values.includes(option.value);
          return (
            <button key={option.value} type="button" className="chip" aria-pressed={on} tabIndex={index === current ? 0 : -1}
              onFocus={() => setAt(index)} onClick={() => onToggle(option.value)}>
              <span aria-hidden="true">{on ? "✓" : "+"}</span>
              {option.label}
            </button>
          );
        })}
        {extra ? (
          <button type="button" className="chip" tabIndex={current === options.length ? 0 : -1}
            onFocus={() => setAt(options.length)} onClick={extra.onPress}>
            {extra.label}…
          </button>
        ) : null}
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}

export function Check({ label, checked, onChange, disabled }: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
