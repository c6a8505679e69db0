import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { ConcernRow } from "../../api/generated/ConcernRow";
import { DateField, Dialog, fieldErrors, type FieldErrors, keptAt, KeepButton, Notice, TextField, toDto, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";

const fields = ["nextStep", "owner", "deadline", "unit", "reopen"] as const;

/** 下一步, 谁, 哪天: all three, as long as a concern is open. Opening it again also says why. */
export function PlanDialog({ row, reopen, onClose }: { row: ConcernRow; reopen: boolean; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const plan = useCommand("concern.plan");
  const { typed: form, set: type, draft, done } = useTyped("concern_plan", row.id, { nextStep: row.nextStep, owner: row.owner, deadline: row.deadline ?? "", unit: row.unit, reopen: "" });
  const [missing, setMissing] = useState<FieldErrors>({});
  const errors: FieldErrors = { ...(plan.isError ? fieldErrors(texts, plan.error, fields) : {}), ...missing };
  const stopped = plan.isError ? keptAt(plan.error, fields) : null;
  const set = (part: Partial<typeof form>) => { type(part); plan.reset(); };
  const far = plan.isError && toDto(plan.error).code === "date_far";

  function save(keepMatches = false, confirmDate = false) {
    const needed = reopen ? (["reopen", "nextStep", "owner", "deadline"] as const) : (["nextStep", "owner", "deadline"] as const);
    const found: FieldErrors = {};
    for (const field of needed) if (form[field].trim() === "") found[field] = t("errors.required");
    setMissing(found);
    if (Object.keys(found).length > 0) return;
    plan.mutate({ ...form, id: row.id, reopen: reopen ? form.reopen.trim() : null, keepMatches, confirmDate }, { onSuccess: () => { done(); onClose(); } });
  }

  const keep = (field: string) => (stopped === field ? () => save(true) : undefined);
  return (
    <Dialog title={t(reopen ? "concern.reopen" : "concern.planTitle")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => save()} loading={plan.isPending}>{t("common.save")}</Button>
      </>}>
      <p className="prose">{row.text}</p>
      <TypedBefore draft={draft} />
      {reopen ? <TextField label={t("concern.reopenWhy")} required rows={2} value={form.reopen} onChange={(value) => set({ reopen: value })} error={errors["reopen"]} keep={keep("reopen")} /> : null}
      <TextField label={t("visit.nextStep")} required value={form.nextStep} onChange={(nextStep) => set({ nextStep })} error={errors["nextStep"]} keep={keep("nextStep")} />
      <TextField label={t("visit.owner")} required value={form.owner} onChange={(owner) => set({ owner })} error={errors["owner"]} keep={keep("owner")} />
      <DateField ahead label={t("visit.deadline")} required value={form.deadline} onChange={(deadline) => set({ deadline })} hint={t("visit.dateHint")} error={errors["deadline"]} confirm={far ? () => save(false, true) : undefined} />
      <TextField label={t("visit.matterUnit")} value={form.unit} onChange={(unit) => set({ unit })} hint={t("visit.matterUnitHint")} error={errors["unit"]} keep={keep("unit")} />
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => save(true)} onClean={set} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
