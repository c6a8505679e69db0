import { Button } from "antd";
import { useState } from "react";
import type { Exclusion } from "../../api/generated/Exclusion";
import type { RollRow } from "../../api/generated/RollRow";
import { Check, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { exclusions, type VoteForm } from "./vote-form";

/** 不计入应到: whom, why, and by whose consent. */
export function Exclusions({ form, roll, onChange }: { form: VoteForm; roll: readonly RollRow[]; onChange: (part: Partial<VoteForm>) => void }) {
  const { t, pair } = useTexts();
  const [member, setMember] = useState("");
  const [reason, setReason] = useState<Exclusion | "">("");
  const left = roll.filter((row) => row.votes && row.mark !== "present" && !form.excluded.some((one) => one.member === row.member));
  const nameOf = (id: string) => roll.find((row) => row.member === id)?.name ?? "";
  function add() {
    if (!member || !reason) return;
    onChange({ excluded: [...form.excluded, { member, reason }] });
    setMember("");
    setReason("");
  }
  return (
    <fieldset className="stack">
      <legend>{t("vote.excluded")}</legend>
      <p className="soft">{t("vote.excludedHint")}</p>
      {form.excluded.length === 0 ? null : (
        <ul className="stack tight">
          {form.excluded.map((one) => (
            <li key={one.member} className="line">
              <span className="what">{pair(nameOf(one.member), t(`vote.${one.reason}`))}</span>
              <Button onClick={() => onChange({ excluded: form.excluded.filter((other) => other.member !== one.member) })}>{t("vote.excludeRemove", { name: nameOf(one.member) })}</Button>
            </li>
          ))}
        </ul>
      )}
      <div className="fields">
        <SelectField label={t("vote.excludeWho")} value={member} empty="" onChange={setMember} options={left.map((row) => ({ value: row.member, label: row.name }))} />
        <SelectField<Exclusion> label={t("vote.excludeWhy")} value={reason} empty="" onChange={setReason} options={exclusions.map((value) => ({ value, label: t(`vote.${value}`) }))} />
      </div>
      <div className="row"><Button onClick={add} disabled={!member || !reason}>{t("vote.excludeAdd")}</Button></div>
      {form.excluded.length === 0 ? null : (
        <>
          <TextField label={t("vote.consent")} value={form.consent} onChange={(consent) => onChange({ consent })} />
          <Check label={t("vote.approved")} checked={form.approved} onChange={(approved) => onChange({ approved })} />
        </>
      )}
    </fieldset>
  );
}
