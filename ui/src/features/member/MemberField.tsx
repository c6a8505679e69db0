import { useList, listInput } from "../../api";
import type { MemberRow } from "../../api/generated/MemberRow";
import { SelectField } from "../../components";
import { useTexts } from "../../locales";
import { useState } from "react";
import { TextField } from "../../components";

/** One member: typed by name, pinyin or initials, then chosen. */
export function MemberField({ label, value, onChange, error }: {
  label: string;
  value: string;
  onChange: (id: string, row: MemberRow | undefined) => void;
  error?: string | undefined;
}) {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const list = useList("member.list", listInput({ text: text.trim() || null }));
  const rows = list.data?.rows ?? [];
  return (
    <div className="fields">
      <TextField label={t("member.filter")} value={text} onChange={setText} />
      <SelectField label={label} required value={value} error={error} empty="" onChange={(id) => onChange(id, rows.find((row) => row.id === id))}
        options={rows.map((row) => ({ value: row.id, label: [row.name, row.birthMonth, row.group].filter(Boolean).join(" · ") }))} />
    </div>
  );
}
