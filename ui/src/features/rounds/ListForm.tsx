import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, useAsk, useCommand, useOffice, useQuery } from "../../api";
import { DateField, fieldErrors, type FieldErrors, keptAt, KeepButton, Notice, SelectField, TextField, toDto, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { UnitsField, useUnits, years } from "./parts";

type Form = Input<"listed.send">;
type Line = Form["lines"][number];
const blank: Line = { title: "", measure: "", leader: "", person: "", due: "" };

/** A new list: its name, whose it is, its lines, and to whom it goes. */
export function ListForm({ initial, onTyped, onGone }: { initial: Form | null; onTyped: (form: Form) => void; onGone: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const ask = useAsk();
  const navigate = useNavigate();
  const send = useCommand("listed.send");
  const { overview } = useOffice();
  const today = overview?.today ?? "2026-01-01";
  const words = useQuery("listed.lists", { year: null, own: false });
  const templates = useQuery("template.list", nothing);
  const units = useUnits() ?? [];
  const [form, setForm] = useState<Form>(initial ?? { name: "", role: "", period: today.slice(0, 7), to: [], lines: [blank], confirmDate: false, keepMatches: false });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [far, setFar] = useState<string | null>(null);
  const [stopped, setStopped] = useState<string | null>(null);
  const monthly = form.period.length === 7;
  const names = words.data?.names ?? [];

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
    setStopped(null);
  }
  const setLine = (at: number, part: Partial<Line>) => set({ lines: form.lines.map((line, n) => (n === at ? { ...line, ...part } : line)) });

  async function fill(id: string) {
    if (id === "") return;
    try {
      const { entries } = await ask("template.expand", { id, period: form.period });
      const typed = form.lines.filter((line) => line.title.trim() !== "");
      set({ lines: [...typed, ...entries.map((entry) => ({ title: entry.title, measure: entry.measure, leader: entry.leader, person: entry.person, due: entry.deadline }))] });
    } catch (error) {
      setErrors(fieldErrors(texts, error, []));
    }
  }

  function submit({ confirm = false, keep = false } = {}) {
    const found: FieldErrors = {};
    if (form.name.trim() === "") found["name"] = t("errors.required");
    if (form.to.length === 0) found["to"] = t("rounds.pickUnits");
    form.lines.forEach((line, n) => {
      if (line.title.trim() === "") found[`lines.${n}.title`] = t("errors.required");
      if (line.due.trim() === "") found[`lines.${n}.due`] = t("errors.required");
    });
    setErrors(found);
    setFar(null);
    setStopped(null);
    if (Object.keys(found).length > 0 || send.isPending) return;
    send.mutate({ ...form, confirmDate: confirm, keepMatches: keep }, {
      onSuccess: ({ made, before }) => {
        onGone();
        say(before > 0 ? t("rounds.listSentBefore", { n: made, before }) : t("rounds.listSent", { n: made }));
        void navigate({ to: "/lists", search: {} });
      },
      onError: (error) => {
        const fields = ["name", "role", "to", ...form.lines.flatMap((_, n) => Object.keys(blank).map((key) => `lines.${n}.${key}`))];
        const dto = toDto(error);
        setErrors(fieldErrors(texts, error, fields));
        setStopped(keptAt(error, fields));
        setFar(dto.code === "date_far" ? (dto.field ?? "") : null);
      },
    });
  }
  useShortcuts({ "Ctrl+Enter": { label: "rounds.listSend", act: () => submit() } });
  const stoppedAt = (field: string) => ({ error: errors[field], keep: stopped === field ? () => submit({ keep: true }) : undefined });
  const confirm = (field: string) => (far === field ? () => submit({ confirm: true }) : undefined);

  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <section className="card stack">
        <div className="fields">
          <TextField label={t("rounds.listName")} required value={form.name} list={names} {...stoppedAt("name")} onChange={(name) => set({ name })} />
          <TextField label={t("rounds.listRole")} value={form.role} list={words.data?.roles ?? []} {...stoppedAt("role")} hint={t("rounds.listRoleHint")} onChange={(role) => set({ role })} />
          <SelectField label={t("common.year")} value={form.period.slice(0, 4)} options={years(today)} onChange={(year) => set({ period: year + form.period.slice(4) })} />
          <SelectField label={t("common.month")} value={monthly ? form.period.slice(5) : ""} empty={t("rounds.wholeYear")} options={Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1).padStart(2, "0"), label: texts.month(n + 1) }))}
            onChange={(month) => set({ period: form.period.slice(0, 4) + (month ? `-${month}` : "") })} />
        </div>
        <SelectField label={t("rounds.fromTemplate")} value="" empty={t("rounds.pickTemplate")} onChange={(id) => void fill(id)}
          options={(templates.data ?? []).filter((one) => (one.every === "month") === monthly).map((one) => ({ value: one.id, label: one.name }))} />
      </section>
      <section className="stack" aria-labelledby="list-form-lines">
        <h2 id="list-form-lines">{t("rounds.linesCount", { n: form.lines.length })}</h2>
        <div className="line-rows">
          {form.lines.map((line, n) => (
            <fieldset key={n} className="line-row stack">
              <legend>{t("rounds.lineNo", { n: n + 1 })}</legend>
              <div className="fields">
                <TextField label={t("flow.itemTitle")} required value={line.title} {...stoppedAt(`lines.${n}.title`)} onChange={(title) => setLine(n, { title })} />
                <TextField label={t("rounds.measure")} value={line.measure} {...stoppedAt(`lines.${n}.measure`)} onChange={(measure) => setLine(n, { measure })} />
                <TextField label={t("flow.leader")} value={line.leader} error={errors[`lines.${n}.leader`]} onChange={(leader) => setLine(n, { leader })} />
                <TextField label={t("flow.person")} value={line.person} error={errors[`lines.${n}.person`]} onChange={(person) => setLine(n, { person })} />
                <DateField ahead label={t("rounds.lineDue")} required value={line.due} error={errors[`lines.${n}.due`]} confirm={confirm(`lines.${n}.due`)} onChange={(due) => setLine(n, { due })} />
              </div>
              {form.lines.length > 1 ? <div><Button onClick={() => set({ lines: form.lines.filter((_, at) => at !== n) })} aria-label={t("rounds.dropLineNo", { n: n + 1 })}>{t("rounds.dropLine")}</Button></div> : null}
            </fieldset>
          ))}
        </div>
        <div><Button onClick={() => set({ lines: [...form.lines, blank] })}>{t("rounds.addLine")}</Button></div>
      </section>
      <section className="card stack">
        <UnitsField units={units} chosen={form.to} error={errors["to"]} onChange={(to) => set({ to })} />
        <Notice tone="blue">{t("rounds.listLeaves")}</Notice>
        {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => submit({ keep: true })} onClean={(clean) => { set(clean); setErrors({}); }} /> : null}>{errors[""]}</Notice> : null}
        <div className="row end"><Button type="primary" htmlType="submit" loading={send.isPending}>{t("rounds.listSendN", { lines: form.lines.length, units: form.to.length })}</Button></div>
      </section>
    </form>
  );
}
