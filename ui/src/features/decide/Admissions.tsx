import { Button } from "antd";
import { useState } from "react";
import type { CaseRow } from "../../api/generated/CaseRow";
import { DateField, Mark, Notice, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "../member/form";
import { FormDialog } from "../member/FormDialog";
import { useTyped } from "../member/typed";
import { Kind } from "./Kind";

/** Admissions on which the committee decides. */
export function Admissions({ rows }: { rows: readonly CaseRow[] }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<CaseRow | null>(null);
  return (
    <>
      <Kind title={t("memberFile.admission")} count={rows.length}>
        {rows.map((row) => <Case key={row.step} row={row} onLook={() => setOpen(row)} />)}
      </Kind>
      {open ? <DecideDialog row={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Case({ row, onLook }: { row: CaseRow; onLook: () => void }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <strong>{row.name}</strong> {code("stage", row.code)} <span className="soft">{row.officeName}</span>
        <div className="soft">{[t("admission.asked", { date: date(row.asked) }), row.latest ? t("admission.latest", { date: date(row.latest) }) : "", row.special ? t("admission.special", { date: date(row.special) }) : ""].filter(Boolean).join(" · ")}</div>
      </div>
      <span className="row">
        {row.overdue ? <Mark tone="yellow">{t("admission.overdue")}</Mark> : null}
        <Button onClick={onLook} aria-label={`${t("month.look")} ${row.officeName} ${row.name}`}>{t("month.look")}</Button>
      </span>
    </li>
  );
}

/** What was done so far, the rule, and the two answers; a refusal says why. */
function DecideDialog({ row, onClose }: { row: CaseRow; onClose: () => void }) {
  const { t, code, date } = useTexts();
  const { typed, set, draft, done } = useTyped("case", row.step, { note: "", on: "" });
  const form = useForm("admission.decide", ["note", "on"], () => { done(); onClose(); });
  const decide = (passed: boolean) => form.submit({ step: row.step, passed, ...typed }, passed ? [] : ["note"]);
  return (
    <FormDialog title={t("admission.decideTitle", { name: row.name, step: code("stage", row.code) })} form={form} draft={draft} save={t("admission.passed")} onClose={onClose}
      onSave={() => decide(true)} extra={<Button onClick={() => decide(false)}>{t("admission.refused")}</Button>}>
      <Notice tone="blue">{row.rule.citation} {row.rule.text}</Notice>
      {row.before.length > 0 ? (
        <ul aria-label={t("memberFile.admission")}>
          {row.before.map((step, n) => (
            <li key={n}>
              {date(step.on)} {code("stage", step.code)} {step.votes ? t("admission.votesLine", { due: step.votes.due, present: step.votes.present, written: step.votes.written, inFavour: step.votes.inFavour }) : ""}
              {step.reason ? ` ${t("admission.reasonShown", { reason: step.reason })}` : ""}
            </li>
          ))}
        </ul>
      ) : null}
      <TextField label={t("admission.comment")} rows={3} value={typed.note} onChange={(note) => set({ note })} hint={t("admission.commentNeeded")} {...form.at("note")} />
      <DateField label={t("admission.on")} value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
    </FormDialog>
  );
}
