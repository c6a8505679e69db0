import { Button } from "antd";
import { useState } from "react";
import { type Input, useCommand, useQuery } from "../../api";
import type { DuesClass } from "../../api/generated/DuesClass";
import type { DuesRow } from "../../api/generated/DuesRow";
import { Dialog, errorText, fieldErrors, type FieldErrors, Lock, Notice, SelectField, TextField, TypedBefore, useToast } from "../../components";
import { formatYuan, readYuan, useTexts } from "../../locales";
import { useTyped } from "../member/typed";

/** Classes that are chosen; relief from hardship is no class, it has two decisions of its own. */
export const classes: readonly DuesClass[] = ["salaried", "annual_salary", "retired", "self_employed", "farmer", "student"];
/** Assessed on a base. */
export const byBase = new Set<DuesClass>(["salaried", "annual_salary", "retired", "self_employed"]);
const byAmount = new Set<DuesClass>(["farmer"]);

/** As typed; the base stays on this machine, like its draft. */
interface Typed {
  fromMonth: string;
  kind: DuesClass;
  base: string;
  fixed: string;
  quarter: string;
}

/** 标准: class and base from a month on, with the arithmetic before it is saved. */
export function AssessDialog({ row, year, onClose }: { row: DuesRow; year: number; onClose: () => void }) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const say = useToast();
  const assess = useCommand("dues.assess");
  // The draft holds what was typed and nothing else: a base that stands in its seal is not copied out of it.
  const { typed, set, draft, done } = useTyped<Partial<Typed>>("assess", `${row.member} ${year}`, {});
  const { fromMonth, kind, base, fixed, quarter }: Typed = {
    fromMonth: `${year}-01`, kind: row.class && classes.includes(row.class) ? row.class : "salaried",
    base: row.baseFen === null ? "" : formatYuan(row.baseFen), fixed: row.class && byAmount.has(row.class) ? formatYuan(row.monthlyFen) : "", quarter: "", ...typed,
  };
  const [errors, setErrors] = useState<FieldErrors>({});

  const input: Input<"dues.assess"> = {
    member: row.member,
    fromMonth: fromMonth.trim(),
    class: kind,
    baseFen: byBase.has(kind) ? readYuan(base) : null,
    quarterFen: kind === "self_employed" ? readYuan(quarter) : null,
    fixedFen: byAmount.has(kind) ? readYuan(fixed) : null,
  };
  const ready = /^\d{4}-(0[1-9]|1[0-2])$/.test(input.fromMonth) && (!byBase.has(kind) || input.baseFen !== null || input.quarterFen !== null) && (!byAmount.has(kind) || input.fixedFen !== null);
  const preview = useQuery("dues.assess_preview", input, { enabled: ready, keep: true });

  function save() {
    const found: FieldErrors = {};
    if (byBase.has(kind) && input.baseFen === null && input.quarterFen === null) found["baseFen"] = t("errors.amount_out_of_range");
    if (byAmount.has(kind) && input.fixedFen === null) found["fixedFen"] = t("errors.amount_out_of_range");
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(input.fromMonth)) found["fromMonth"] = t("dues.fromMonthHint");
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    assess.mutate(input, {
      onSuccess: (output) => { done(); say(t("dues.assessDone", { n: yuan(output.monthlyFen) })); onClose(); },
      onError: (error) => setErrors(fieldErrors(texts, error, ["baseFen", "quarterFen", "fixedFen", "fromMonth"])),
    });
  }

  return (
    <Dialog title={t("dues.standardFor", { name: row.name })} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={save} loading={assess.isPending}>{t("common.save")}</Button>
      </>}>
      <TypedBefore draft={draft} />
      <SelectField<DuesClass> label={t("dues.class")} required value={kind} onChange={(next) => set({ kind: next })}
        options={classes.map((value) => ({ value, label: t(`dues.${value}`) }))} />
      <TextField label={t("dues.fromMonth")} required value={fromMonth} onChange={(next) => set({ fromMonth: next })} hint={t("dues.fromMonthHint")} error={errors["fromMonth"]} />
      {byBase.has(kind) ? (
        <div className="stays-here">
          <TextField label={t("dues.base")} required value={base} onChange={(next) => set({ base: next })} inputMode="decimal" mark={<Lock />}
            hint={t("dues.baseHint")} error={errors["baseFen"]} />
          {kind === "self_employed" ? (
            <TextField label={t("dues.quarter")} value={quarter} onChange={(next) => set({ quarter: next })} inputMode="decimal" hint={t("dues.quarterHint")} error={errors["quarterFen"]} />
          ) : null}
        </div>
      ) : null}
      {byAmount.has(kind) ? (
        <TextField label={t("dues.fixed")} required value={fixed} onChange={(next) => set({ fixed: next })} inputMode="decimal"
          hint={t("dues.fixedHint")} error={errors["fixedFen"]} />
      ) : null}
      <section className="card stack tight" aria-label={t("dues.preview")} aria-live="polite">
        <h3>{t("dues.preview")}</h3>
        {ready && preview.data ? (
          <>
            <p className="arithmetic">{preview.data.arithmetic}</p>
            {preview.data.withinYear ? <Notice tone="yellow">{t("dues.withinYear")}</Notice> : null}
            {preview.data.capped ? <Notice tone="yellow">{t("dues.capped")}</Notice> : null}
            <p>{preview.data.rule.text}</p>
            <p className="soft">{t("dues.rule", { citation: preview.data.rule.citation, version: preview.data.rule.version })}</p>
          </>
        ) : <p className="soft">{ready && preview.isError ? errorText(texts, preview.error.dto) : t("dues.previewWait")}</p>}
      </section>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
