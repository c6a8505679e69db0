import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useCommand } from "../../api";
import type { Output } from "../../api";
import type { VisitKind } from "../../api/generated/VisitKind";
import { Chips, Choice, DateField, FieldError, fieldErrors, type FieldErrors, KeepButton, keptAt, Notice, SeenAbove, TextField, toDto, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { ConcernPart } from "./ConcernPart";
import { ConsolationFields, isMember } from "./ConsolationFields";
import { type Agreed, check, errorFields, inputOf, toggle, upwardTexts, type VisitForm } from "./form";
import { HouseholdField } from "./HouseholdField";
import { ParticipantsField } from "./ParticipantsField";

const situations = ["normal", "elderly", "ill", "away", "difficulty", "dispute"];

/** Where a stopped text has its remedy beside it. */
const atField = ["situation", "situationText", "place", "theme", "unit"];

/** Fields of 更多. */
const folded = ["place", "theme", "minutes", "start", "recorder", "unit"];

/** The form, in the order of its Tab stops. */
export function VisitFormPage({ id, defaults, initial, continues, focus, onInput, onTyped, onStartOver, onSaved }: {
  id: string | null;
  defaults: Output<"visit.defaults">;
  initial: VisitForm;
  continues: boolean;
  focus: "date" | "household";
  /** A letter was typed anywhere in the form, also into a field that tells only of a whole name. */
  onInput: () => void;
  onTyped: (form: VisitForm) => void;
  onStartOver: () => void;
  onSaved: (form: VisitForm, next: boolean, id: string) => void;
}) {
  const texts = useTexts();
  const { t, code } = texts;
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [farDate, setFarDate] = useState<string | null>(null);
  const [stopped, setStopped] = useState<{ at: string; keep: () => void } | null>(null);
  const save = useCommand("visit.save");
  const say = useToast();
  const box = useRef<HTMLFormElement>(null);
  const more = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const first = box.current?.querySelector<HTMLInputElement>(focus === "date" ? "input" : "input[role=combobox]");
    first?.focus();
    first?.select();
  }, [focus]);

  function set(part: Partial<VisitForm>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
    setStopped(null);
  }

  // What is wrong is said where it can be seen: 更多 opens when it is there, and the first such field has the focus.
  useEffect(() => {
    if (more.current && folded.some((field) => errors[field])) more.current.open = true;
    box.current?.querySelector<HTMLElement>("[aria-invalid=true] input, input[aria-invalid=true], select[aria-invalid=true], textarea[aria-invalid=true]")?.focus();
  }, [errors]);

  function submit(next: boolean, agreed: Agreed = { confirmDate: false, keepMatches: false }) {
    if (save.isPending) return;
    const found = check(form, texts);
    setErrors(found);
    setStopped(null);
    if (Object.keys(found).length > 0) return;
    save.mutate(inputOf(form, id, agreed), {
      onSuccess: (saved) => {
        const who = form.member?.name ?? form.household?.name ?? t("visit.publicPlace");
        say(next ? t("visit.saveNextSaved", { name: who }) : saved.late ? t("common.savedLate") : t("common.saved"));
        onSaved(form, next, saved.id);
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, errorFields));
        const dto = toDto(error);
        setFarDate(dto.code === "date_far" ? (dto.field ?? "date") : null);
        const at = keptAt(error, errorFields);
        setStopped(at === null ? null : { at, keep: () => submit(next, { ...agreed, keepMatches: true }) });
      },
    });
  }
  const confirmAt = (field: string) => (farDate === field ? () => { setFarDate(null); submit(false, { confirmDate: true, keepMatches: false }); } : undefined);
  const keepAt = (field: string) => (stopped?.at === field ? stopped.keep : undefined);

  useShortcuts({ "Ctrl+Enter": { label: id === null ? "keys.saveNext" : "common.save", act: () => submit(id === null) } });

  return (
    <form className="stack" ref={box} onInput={onInput} onSubmit={(event) => { event.preventDefault(); submit(false); }}>
      {continues ? (
        <Notice tone="blue" action={<Button onClick={onStartOver}>{t("common.startOver")}</Button>}>{t("common.typedBefore")}</Notice>
      ) : null}
      <div className="card stack">
        <div className="fields">
          <DateField label={t("visit.date")} required value={form.date} onChange={(date) => set({ date })} error={errors["date"]}
            confirm={confirmAt("date")} />
          <Choice<VisitKind> label={t("visit.kind")} required value={form.kind} onChange={(kind) => set({ kind })} error={errors["kind"]}
            options={(["round_table", "household", "consolation"] as const).map((value) => ({ value, label: t(`visit.${value}`) }))} />
        </div>
        {form.kind === "consolation" ? <ConsolationFields form={form} onChange={set} errors={errors} /> : null}
        {form.kind === "consolation" && isMember(form.whom) ? null : <HouseholdField form={form} onChange={set} error={errors["household"]} />}
        <ParticipantsField values={form.participants} candidates={defaults.candidates} error={errors["participants"]}
          onChange={(participants) => set({ participants })} />
        <Chips label={t("visit.situation")} mark={<SeenAbove>{t("visit.situationUp")}</SeenAbove>} values={form.situation}
          onToggle={(value) => set({ situation: toggle(form.situation, value) })}
          options={situations.map((value) => ({ value, label: code("situation", value) }))} />
        {errors["situation"] ? <FieldError id="situation-error" error={errors["situation"]} /> : null}
        {stopped?.at === "situation" ? (
          <KeepButton typed={form.situation} onKeep={stopped.keep} onClean={(situation) => { set({ situation }); setErrors({}); }} />
        ) : null}
        <TextField label={t("visit.situationText")} mark={<SeenAbove>{t("visit.situationUp")}</SeenAbove>} value={form.situationText} onChange={(situationText) => set({ situationText })}
          error={errors["situationText"]} keep={keepAt("situationText")} />
        <ConcernPart form={form} errors={errors} candidates={defaults.candidates} onChange={set} confirm={confirmAt("concern.deadline")} />
        <details className="more" ref={more}>
          <summary>{t("visit.more")}</summary>
          <div className="fields">
            <TextField label={t("visit.place")} value={form.place} onChange={(place) => set({ place })} error={errors["place"]} keep={keepAt("place")} />
            <TextField label={t("visit.theme")} value={form.theme} onChange={(theme) => set({ theme })} error={errors["theme"]} keep={keepAt("theme")} />
            <TextField label={t("visit.minutes")} value={form.minutes} onChange={(minutes) => set({ minutes })} inputMode="numeric"
              error={errors["minutes"]} />
            <TextField label={t("visit.start")} value={form.start} onChange={(start) => set({ start })} error={errors["start"]} hint={t("visit.startHint")} />
            <TextField label={t("visit.recorder")} value={form.recorder} onChange={(recorder) => set({ recorder })} error={errors["recorder"]} list={defaults.candidates} />
            <TextField label={t("visit.unit")} value={form.unit} onChange={(unit) => set({ unit })} error={errors["unit"]} keep={keepAt("unit")} hint={t("visit.unitHint")} />
          </div>
        </details>
      </div>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      {Object.keys(errors).filter(Boolean).length > 0 ? (
        <Notice tone="red" alert>{t("errors.summary", { n: Object.keys(errors).filter(Boolean).length })}</Notice>
      ) : null}
      {stopped && !atField.includes(stopped.at) ? (
        <KeepButton typed={upwardTexts(form)} onKeep={stopped.keep} onClean={(clean) => { set(clean); setErrors({}); }} />
      ) : null}
      <div className="row end foot">
        <span className="soft grow">{t("common.secretHint")}</span>
        {id === null ? (
          <Button type="primary" onClick={() => submit(true)} loading={save.isPending}>{t("visit.saveNext")} Ctrl+Enter</Button>
        ) : null}
        <Button type={id === null ? "default" : "primary"} htmlType="submit">{t("common.save")}</Button>
      </div>
    </form>
  );
}
