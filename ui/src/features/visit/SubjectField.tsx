import { useId, useState } from "react";
import { Input } from "antd";
import { listInput, useQuery } from "../../api";
import { Field, Lock } from "../../components";
import { useTexts } from "../../locales";

export interface Chosen {
  id: string;
  name: string;
}

/** Somebody by name: a household, or a member too. Typed words become a choice only where they name one of them. */
export function SubjectField({ label, value, members, error, onChange }: {
  label: string;
  value: Chosen | null;
  /** Members may be chosen, too. */
  members?: boolean;
  error: string | undefined;
  onChange: (value: Chosen | null) => void;
}) {
  const { t } = useTexts();
  const list = useId();
  const [text, setText] = useState(value?.name ?? "");
  const homes = useQuery("household.list", listInput({ text: text.trim() || null, limit: 20 }), { keep: true });
  const people = useQuery("member.list", listInput({ text: text.trim() || null, limit: 20 }), { enabled: members === true, keep: true });
  const options = [
    ...(homes.data?.rows ?? []).map((row) => ({ id: row.id, name: row.name, words: [row.name, row.door].filter(Boolean).join(" ") })),
    ...(members ? (people.data?.rows ?? []) : []).map((row) => ({ id: row.id, name: row.name, words: [row.name, row.group].filter(Boolean).join(" ") })),
  ];

  function type(typed: string) {
    setText(typed);
    const found = options.filter((one) => one.words === typed || one.name === typed);
    const [only] = found;
    onChange(only && found.length === 1 ? { id: only.id, name: only.name } : null);
  }

  return (
    <Field label={label} required error={error} mark={<Lock />} hint={value ? t("visit.chosenHousehold", { name: value.name }) : t("visit.householdHint")}>
      {(control) => (
        <>
          <Input {...control} value={text} list={list} autoComplete="off" onChange={(event) => type(event.target.value)} />
          <datalist id={list}>{options.map((one) => <option key={one.id} value={one.words} />)}</datalist>
        </>
      )}
    </Field>
  );
}
