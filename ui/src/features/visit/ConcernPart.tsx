import { Choice, DateField, type FieldErrors, Lock, SeenAbove, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import type { VisitForm } from "./form";

export const categories = ["roads", "water", "housing", "farming", "welfare", "health", "schooling", "environment", "dispute", "other"];

/** 诉求 无/有: what the street will see stands in a blue frame, what stays here on grey with a lock. */
export function ConcernPart({ form, errors, candidates, onChange, confirm }: {
  form: VisitForm;
  errors: FieldErrors;
  candidates: readonly string[];
  onChange: (part: Partial<VisitForm>) => void;
  /** Offered when the deadline is more than a year from today. */
  confirm?: (() => void) | undefined;
}) {
  const { t, code } = useTexts();
  return (
    <>
      <Choice<"no" | "yes"> label={t("visit.concern")} required value={form.hasConcern} error={errors["concern"]}
        onChange={(hasConcern) => onChange({ hasConcern })}
        options={[{ value: "no", label: t("visit.concernNo") }, { value: "yes", label: t("visit.concernYes") }]} />
      {form.hasConcern === "yes" ? (
        <div className="concern-block">
          <SelectField label={t("visit.category")} required value={form.category} empty={t("visit.choose")} error={errors["concern.category"]}
            onChange={(category) => onChange({ category })} options={categories.map((value) => ({ value, label: code("category", value) }))} />
          <div className="seen-above">
            <TextField label={t("visit.text")} required rows={2} value={form.text} onChange={(text) => onChange({ text })}
              error={errors["concern.text"]} hint={t("visit.textKept")} mark={<SeenAbove>{t("visit.textSeen")}</SeenAbove>} />
          </div>
          <div className="stays-here">
            <TextField label={t("visit.privateNote")} rows={2} value={form.privateNote} mark={<Lock />} error={errors["concern.privateNote"]}
              onChange={(privateNote) => onChange({ privateNote })} />
          </div>
          <div className="fields">
            <TextField label={t("visit.nextStep")} required value={form.nextStep} onChange={(nextStep) => onChange({ nextStep })}
              error={errors["concern.nextStep"]} />
            <TextField label={t("visit.owner")} required value={form.owner} onChange={(owner) => onChange({ owner })} list={candidates}
              error={errors["concern.owner"]} />
            <DateField ahead label={t("visit.deadline")} required value={form.deadline} onChange={(deadline) => onChange({ deadline })}
              error={errors["concern.deadline"]} hint={t("visit.dateHint")} confirm={confirm} />
            <TextField label={t("visit.matterUnit")} value={form.matterUnit} onChange={(matterUnit) => onChange({ matterUnit })}
              error={errors["concern.unit"]} hint={t("visit.matterUnitHint")} />
          </div>
        </div>
      ) : null}
    </>
  );
}
