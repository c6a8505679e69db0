import { listInput, useQuery } from "../../api";
import { type FieldErrors, Lock, SelectField } from "../../components";
import { useTexts } from "../../locales";
import type { VisitForm } from "./form";

export const occasions = ["new_year", "spring_festival", "july_first"] as const;
export const kindsOfWhom = ["household", "member_difficulty", "old_member"] as const;

export const isMember = (whom: string) => whom === "member_difficulty" || whom === "old_member";

/** 慰问: at which occasion, and whom. Above the village only the kind of who was visited is seen. */
export function ConsolationFields({ form, errors, onChange }: {
  form: VisitForm;
  errors: FieldErrors;
  onChange: (part: Partial<VisitForm>) => void;
}) {
  const { t } = useTexts();
  const members = useQuery("member.list", listInput({ limit: 500 }), { enabled: isMember(form.whom) });
  const rows = members.data?.rows ?? [];
  return (
    <div className="fields">
      <SelectField label={t("visit.occasion")} value={form.occasion} onChange={(occasion) => onChange({ occasion })} empty={t("visit.noOccasion")}
        options={occasions.map((value) => ({ value, label: t(`occasion.${value}`) }))} />
      <SelectField label={t("visit.whom")} value={form.whom} onChange={(whom) => onChange({ whom, member: null })} empty={t("visit.whomChoose")}
        error={errors["whom"]} options={kindsOfWhom.map((value) => ({ value, label: t(`whom.${value}`) }))} />
      {isMember(form.whom) ? (
        <SelectField label={t("visit.memberField")} required value={form.member?.id ?? ""} empty={t("visit.choose")} mark={<Lock />} hint={t("visit.memberHint")}
          error={errors["member"] ?? errors["household"]}
          onChange={(id) => onChange({ member: { id, name: rows.find((row) => row.id === id)?.name ?? "" }, household: null, publicPlace: false })}
          options={rows.map((row) => ({ value: row.id, label: row.name }))} />
      ) : null}
    </div>
  );
}
