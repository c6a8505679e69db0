import { Button } from "antd";
import { useState } from "react";
import { type Input, useCommand } from "../../api";
import type { ReliefRow } from "../../api/generated/ReliefRow";
import type { RuleRef } from "../../api/generated/RuleRef";
import { DateField, fieldErrors, type FieldErrors, Notice, TextField, TypedBefore, useToast } from "../../components";
import { formatYuan, readYuan, useTexts } from "../../locales";
import { useTyped } from "../member/typed";

const fields = ["fromMonth", "toMonth", "monthlyFen", "decidedOn", "decision", "approvedOn", "approval"] as const;

/** 困难减免: the branch decides, the next higher committee approves; each decision may come later. */
export function ReliefForm({ member, year, before, rule, onDone }: {
  member: string;
  year: number;
  before: ReliefRow | null;
  rule: RuleRef;
  onDone: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const save = useCommand("dues.relief");
  const { typed: form, set, draft, done } = useTyped("relief", before?.id ?? `new ${member}`, {
    fromMonth: before?.fromMonth ?? `${year}-01`, toMonth: before?.toMonth ?? "", amount: before ? formatYuan(before.monthlyFen) : "",
    decidedOn: before?.decidedOn ?? "", decision: before?.decision ?? "", approvedOn: before?.approvedOn ?? "", approval: before?.approval ?? "",
  });
  const [errors, setErrors] = useState<FieldErrors>({});

  function submit() {
    const monthlyFen = readYuan(form.amount);
    setErrors(monthlyFen === null ? { monthlyFen: t("errors.required") } : {});
    if (monthlyFen === null || save.isPending) return;
    const { amount: _, ...rest } = form;
    const input: Input<"dues.relief"> = { id: before?.id ?? null, member, monthlyFen, withdraw: false, withdrawFrom: "", ...rest };
    save.mutate(input, {
      onSuccess: () => { done(); say(t("dues.reliefDone")); onDone(); },
      onError: (error) => setErrors(fieldErrors(texts, error, fields)),
    });
  }

  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <TypedBefore draft={draft} />
      <p>{rule.text}</p>
      <p className="soft">{t("dues.rule", { citation: rule.citation, version: rule.version })}</p>
      <TextField label={t("dues.reliefFrom")} required value={form.fromMonth} onChange={(fromMonth) => set({ fromMonth })} hint={t("dues.fromMonthHint")} error={errors["fromMonth"]} autoFocus />
      <TextField label={t("dues.reliefTo")} value={form.toMonth} onChange={(toMonth) => set({ toMonth })} hint={t("dues.reliefToHint")} error={errors["toMonth"]} />
      <TextField label={t("dues.reliefAmount")} required value={form.amount} onChange={(amount) => set({ amount })} inputMode="decimal" error={errors["monthlyFen"]} />
      <DateField label={t("dues.decidedOn")} value={form.decidedOn} onChange={(decidedOn) => set({ decidedOn })} error={errors["decidedOn"]} />
      <TextField label={t("dues.decisionNo")} value={form.decision} onChange={(decision) => set({ decision })} hint={t("dues.reliefPrivacy")} error={errors["decision"]} />
      <DateField label={t("dues.approvedOn")} value={form.approvedOn} onChange={(approvedOn) => set({ approvedOn })} error={errors["approvedOn"]} />
      <TextField label={t("dues.approvalNo")} value={form.approval} onChange={(approval) => set({ approval })} error={errors["approval"]} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("common.save")}</Button>
      </div>
    </form>
  );
}
