import { type Input, listInput, useQuery } from "../../api";
import type { StageRow } from "../../api/generated/StageRow";
import { DateField, Notice, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { VotePick } from "../meeting/VotePick";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";
import { useTyped } from "./typed";

interface Kept {
  on: string;
  person: string;
  note: string;
  reason: string;
  session: string;
  numbers: Record<string, string>;
}

const nothingTyped: Kept = { on: "", person: "", note: "", reason: "", session: "", numbers: {} };
const votes = ["due", "present", "written", "inFavour"] as const;

/** One step of an admission. Outside its time it shows the rule and asks why. */
export function StepDialog({ applicant, stage, onClose }: { applicant: string; stage: StageRow; onClose: () => void }) {
  const { t, code } = useTexts();
  // Of each step its own: what was typed for another stays out of this one, and stays.
  const { typed: kept, set, draft, done } = useTyped<Kept>("admission", `${applicant} ${stage.code}`, nothingTyped);
  const { numbers, ...typed } = kept;
  const setNumbers = (next: Record<string, string>) => set({ numbers: next });
  const form = useForm("admission.step", ["on", "person", "note", "reason", "days", "amount", "votes"], () => { done(); onClose(); });
  const voting = stage.code === "vote" || stage.code === "full_vote";
  const number = (name: string) => (/^\d+(\.\d)?$/.test(numbers[name]?.trim() ?? "") ? Number(numbers[name]) : null);
  const odd = ([["days", "days"], ["hours", "amount"], ["months", "amount"]] as const)
    .filter(([name]) => (numbers[name] ?? "").trim() !== "" && number(name) === null).map(([, field]) => field);
  const counted = votes.some((name) => number(name) !== null);
  const input: Input<"admission.step"> = {
    applicant, code: stage.code, ...typed, days: number("days"),
    amount: stage.code === "training" ? (number("hours") === null ? null : Math.round(Number(number("hours")) * 10)) : number("months"),
    votes: voting && counted ? { due: number("due") ?? 0, present: number("present") ?? 0, written: number("written") ?? 0, inFavour: number("inFavour") ?? 0 } : null,
    keepMatches: false,
  };
  const field = (name: string, key: "days" | "hours" | "months" | (typeof votes)[number], required = false) => (
    <TextField key={name} label={t(`admission.${key}`)} required={required} inputMode="decimal" value={numbers[name] ?? ""} onChange={(value) => setNumbers({ ...numbers, [name]: value })} />
  );
  const outside = form.code === "admission_too_early" || form.code === "admission_too_late";
  return (
    <FormDialog title={code("stage", stage.code)} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(input, ["on"], odd)}>
      <DateField label={t("admission.on")} required value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
      {outside || typed.reason ? <TextField label={t("admission.reason")} rows={2} value={typed.reason} onChange={(reason) => set({ reason })} {...form.at("reason")} /> : null}
      {stage.code === "training" ? <div className="fields">{field("days", "days")}{field("hours", "hours")}</div> : null}
      {stage.code === "extension" ? field("months", "months", true) : null}
      {form.at("days").error || form.at("amount").error ? <Notice tone="red" alert>{form.at("days").error ?? form.at("amount").error}</Notice> : null}
      {voting ? (
        <>
          <Sessions value={typed.session} onChange={(session) => set({ session })} />
          <VotePick session={typed.session} onPick={(vote) => setNumbers({ ...numbers, ...Object.fromEntries(votes.map((name) => [name, String(vote[name])])) })} />
          <div className="fields">{votes.map((name) => field(name, name, name !== "written"))}</div>
          <p className="soft">{t("admission.secret")}</p>
          {form.at("votes").error ? <Notice tone="red" alert>{form.at("votes").error}</Notice> : null}
        </>
      ) : null}
      {stage.code.startsWith("ask_") || voting ? null : <TextField label={t("admission.who")} value={typed.person} onChange={(person) => set({ person })} {...form.at("person")} />}
      <TextField label={t("admission.note")} rows={2} value={typed.note} onChange={(note) => set({ note })} {...form.at("note")} />
    </FormDialog>
  );
}

function Sessions({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t, code, date } = useTexts();
  const found = useQuery("meeting.list", listInput({ limit: 50 }));
  return (
    <SelectField label={t("admission.session")} value={value} onChange={onChange} empty={t("admission.noSession")}
      options={(found.data?.rows ?? []).map((row) => ({ value: row.id, label: `${date(row.date)} ${row.kinds.map((kind) => code("record", kind)).join(" ")} ${row.topic}` }))} />
  );
}
