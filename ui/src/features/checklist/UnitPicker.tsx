import { useId, useState } from "react";
import { Check, FieldError, TextField } from "../../components";
import { useTexts } from "../../locales";
import type { Unit } from "./units";

/** From so many offices on one looks for them by name. */
const MANY = 12;

/** Which offices: all, or one by one in tree order. What is looked for hides nothing that is ticked. */
export function UnitPicker({ units, to, onChange, error }: {
  units: readonly Unit[];
  to: readonly string[];
  onChange: (to: readonly string[]) => void;
  error?: string | undefined;
}) {
  const { t } = useTexts();
  const id = useId();
  const [text, setText] = useState("");
  const wanted = text.trim();
  const ticked = new Set(to);
  const shown = wanted === "" ? units : units.filter((unit) => unit.name.includes(wanted) || ticked.has(unit.id));
  // Always as they stand in the tree, in whatever order they were ticked.
  const set = (next: ReadonlySet<string>) => onChange(units.filter((unit) => next.has(unit.id)).map((unit) => unit.id));

  function toggle(unit: string, on: boolean) {
    const next = new Set(ticked);
    if (on) next.add(unit);
    else next.delete(unit);
    set(next);
  }

  return (
    <fieldset className="field" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{t("dispatch.to")}<span className="star">*</span></legend>
      {units.length > MANY ? <TextField label={t("sent.filterUnits")} value={text} onChange={setText} /> : null}
      <Check label={t("dispatch.all")} checked={units.length > 0 && to.length === units.length} onChange={(on) => set(new Set(on ? units.map((unit) => unit.id) : []))} />
      <div className="fields unit-picker">
        {shown.map((unit) => <Check key={unit.id} label={unit.name} checked={ticked.has(unit.id)} onChange={(on) => toggle(unit.id, on)} />)}
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}
