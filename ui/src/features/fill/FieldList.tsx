import { useRef, useState } from "react";
import type { FillField } from "../../api/generated/FillField";
import type { FillPlace } from "../../api/generated/FillPlace";
import { Glyph, usePartKeys } from "../../components";
import { useTexts } from "../../locales";
import { fieldLabel } from "./cells";

const groups = ["fact", "column", "total", "head"] as const;

/** What there is to fill in: one tab stop, arrows move, Enter chooses, Delete takes the place away. */
export function FieldList({ fields, places, chosen, onChoose, onClear }: {
  fields: readonly FillField[];
  places: readonly FillPlace[];
  chosen: string | null;
  onChoose: (field: FillField) => void;
  onClear: (key: string) => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const [at, setAt] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const order = groups.flatMap((group) => fields.filter((field) => field.group === group));
  const current = order.find((field) => field.key === at) ?? order[0];

  function move(step: 1 | -1) {
    const next = current && order[(order.indexOf(current) + step + order.length) % order.length];
    if (!next) return;
    setAt(next.key);
    box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.key)}"]`)?.focus();
  }
  const onKey = usePartKeys([
    { keys: ["ArrowUp", "ArrowDown"], label: "keys.vertical", act: (key) => move(key === "ArrowDown" ? 1 : -1) },
    { keys: ["Delete", "Backspace"], label: "keys.clear", act: () => { if (current) onClear(current.key); } },
  ]);

  return (
    <div className="card flush" ref={box}>
      <h2 className="list-title">{t("fill.fields")}</h2>
      {groups.map((group) => {
        const own = order.filter((field) => field.group === group);
        return own.length === 0 ? null : (
          <section key={group} aria-label={t(`fill.${group}`)}>
            <h3 className="form-group">{t(`fill.${group}`)}</h3>
            <ul>
              {own.map((field) => {
                const place = places.find((one) => one.key === field.key);
                const label = fieldLabel(texts, field);
                return (
                  <li key={field.key} className="form-field">
                    <button type="button" className="form-choose" data-key={field.key} aria-pressed={chosen === field.key}
                      tabIndex={field.key === current?.key ? 0 : -1} onFocus={() => setAt(field.key)} onClick={() => onChoose(field)} onKeyDown={onKey}>
                      <span>
                        {label}
                        {field.sample ? <span className="soft block">{t("fill.sample", { sample: field.sample })}</span> : null}
                      </span>
                      {place ? <span className="form-at"><Glyph name="check" />{place.cell}</span> : <span className="soft nowrap">{t("fill.notPlaced")}</span>}
                    </button>
                    {place ? <button type="button" className="plain-button" aria-label={t("fill.clearOf", { label })} onClick={() => onClear(field.key)}>{t("fill.clear")}</button> : null}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
