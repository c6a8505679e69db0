import { Input } from "antd";
import { type KeyboardEvent, useId, useState } from "react";
import { listInput, useQuery } from "../../api";
import type { HouseholdRow } from "../../api/generated/HouseholdRow";
import { composing, errorText, Field, Lock, TextField, toDto } from "../../components";
import { useTexts } from "../../locales";
import type { VisitForm } from "./form";

type Pick = { kind: "known"; row: HouseholdRow } | { kind: "new"; name: string } | { kind: "public" };

/** 户: found by name, pinyin or door; a new one or a public place from the same list. */
export function HouseholdField({ form, onChange, error }: {
  form: VisitForm;
  onChange: (part: Partial<VisitForm>) => void;
  error: string | undefined;
}) {
  const texts = useTexts();
  const { t, date } = texts;
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const typed = text?.trim() ?? "";
  const found = useQuery("household.list", listInput({ text: typed || null, limit: 8 }), { enabled: text !== null, keep: true });
  const rows = found.data?.rows ?? [];
  const picks: Pick[] = [
    ...rows.map((row) => ({ kind: "known" as const, row })),
    ...(typed && !/^[\d\-#]+$/.test(typed) ? [{ kind: "new" as const, name: typed }] : []),
    { kind: "public" as const },
  ];
  const open = text !== null;
  const current = Math.min(at, picks.length - 1);
  const chosen = form.publicPlace ? t("visit.publicPlace") : (form.household?.name ?? "");

  function choose(pick: Pick | undefined) {
    if (!pick) return;
    if (pick.kind === "public") onChange({ household: null, publicPlace: true });
    else if (pick.kind === "new") onChange({ household: { id: null, name: pick.name, door: "", phone: "" }, publicPlace: false });
    else onChange({ household: { id: pick.row.id, name: pick.row.name, door: pick.row.door, phone: "" }, publicPlace: false });
    setText(null);
  }

  function onKey(event: KeyboardEvent) {
    if (composing(event.nativeEvent) || event.ctrlKey) return;
    if (event.key === "ArrowDown") {
      if (open) setAt(Math.min(current + 1, picks.length - 1));
      else setText("");
    } else if (event.key === "ArrowUp" && open) setAt(Math.max(current - 1, 0));
    else if (event.key === "Enter") {
      // While the answer to the last letter is under way, the list shown is an older one.
      if (open && !found.isPlaceholderData && !found.isPending) choose(picks[current]);
    } else if (event.key === "Escape" && open) setText(null);
    else return;
    event.preventDefault();
  }

  return (
    <div className="stack tight">
      <Field label={t("visit.householdField")} required error={error ?? (found.isError ? errorText(texts, toDto(found.error)) : undefined)} mark={<Lock />}
        hint={chosen && !open ? t("visit.chosenHousehold", { name: [chosen, form.household?.door].filter(Boolean).join(" · ") }) : t("visit.householdHint")}>
        {(control) => (
          <div className="combobox" onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) setText(null);
          }}>
            <Input {...control} role="combobox" aria-expanded={open} aria-controls={`${id}-list`} aria-autocomplete="list" autoComplete="off"
              aria-activedescendant={open ? `${id}-${current}` : undefined} value={text ?? chosen}
              onChange={(event) => { setText(event.target.value); setAt(0); }} onClick={() => setText((old) => old ?? "")} onKeyDown={onKey} />
            {open ? (
              <div className="options" id={`${id}-list`} role="listbox" aria-label={t("visit.householdField")}>
                {picks.map((pick, index) => (
                  <div key={pick.kind === "known" ? pick.row.id : pick.kind} id={`${id}-${index}`} role="option" tabIndex={-1}
                    aria-selected={index === current} onMouseDown={(event) => event.preventDefault()}
                    onClick={() => choose(pick)} onKeyDown={onKey}>
                    {pick.kind === "known" ? (
                      <>
                        <strong>{pick.row.name}</strong>
                        <span>{pick.row.door}</span>
                        <span className="soft">{pick.row.lastVisit ? t("visit.lastVisit", { date: date(pick.row.lastVisit) }) : t("visit.neverVisited")}</span>
                      </>
                    ) : pick.kind === "new" ? (
                      <><strong>{t("visit.newHousehold", { name: pick.name })}</strong> <Lock /></>
                    ) : (
                      t("visit.publicPlace")
                    )}
                  </div>
                ))}
              </div>
            ) : null}
          </div>
        )}
      </Field>
      {form.household && form.household.id === null ? (
        <NewHousehold household={form.household} onChange={(household) => onChange({ household })} />
      ) : null}
    </div>
  );
}

function NewHousehold({ household, onChange }: {
  household: NonNullable<VisitForm["household"]>;
  onChange: (household: NonNullable<VisitForm["household"]>) => void;
}) {
  const { t } = useTexts();
  return (
    <div className="stays-here stack">
      <div className="row"><strong>{t("visit.newHousehold", { name: household.name })}</strong><Lock /></div>
      <div className="fields">
        <TextField label={t("visit.door")} value={household.door} onChange={(door) => onChange({ ...household, door })} />
        <TextField label={t("visit.phone")} value={household.phone} onChange={(phone) => onChange({ ...household, phone })} inputMode="numeric" />
      </div>
    </div>
  );
}
