import { Input } from "antd";
import { useEffect, useId, useState } from "react";
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
  const [typed, setTyped] = useState(false);
  // A chosen line has the door behind the name.
  const name = text.trim().split(" ")[0] || null;
  const homes = useQuery("household.list", listInput({ text: name, limit: 20 }), { keep: true });
  const people = useQuery("member.list", listInput({ text: name, limit: 20 }), { enabled: members === true, keep: true });
  const options = [
    ...(homes.data?.rows ?? []).map((row) => ({ id: row.id, name: row.name, words: [row.name, row.door].filter(Boolean).join(" ") })),
    ...(members ? (people.data?.rows ?? []) : []).map((row) => ({ id: row.id, name: row.name, words: [row.name, row.group].filter(Boolean).join(" ") })),
  ];
  const named = options.filter((one) => one.words === text.trim());
  const called = named.length > 0 ? named : options.filter((one) => one.name === text.trim());
  // Two of one name are told apart by the door: until then none is chosen.
  const found = called.length === 1 ? called[0] : undefined;
  const changed = typed && (found?.id ?? null) !== (value?.id ?? null);
  useEffect(() => {
    if (changed) onChange(found ? { id: found.id, name: found.name } : null);
  });

  return (
    <Field label={label} required error={error} mark={<Lock />} hint={value ? t("visit.chosenHousehold", { name: value.name }) : t("visit.householdHint")}>
      {(control) => (
        <>
          <Input {...control} value={text} list={list} autoComplete="off" onChange={(event) => { setTyped(true); setText(event.target.value); }} />
          <datalist id={list}>{options.map((one) => <option key={one.id} value={one.words} />)}</datalist>
        </>
      )}
    </Field>
  );
}
