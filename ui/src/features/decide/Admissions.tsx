import { Button } from "antd";
import type { CaseRow } from "../../api/generated/CaseRow";
import { DateField, Notice, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "../member/form";
import { FormDialog } from "../member/FormDialog";
import { useTyped } from "../member/typed";

/** What was done so far, the rule, and the two answers; a refusal says why. */
export function DecideDialog({ row, onClose }: { row: CaseRow; onClose: () => void }) {
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
