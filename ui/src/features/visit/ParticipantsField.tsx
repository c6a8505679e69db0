import { Button } from "antd";
import { useState } from "react";
import { Chips, composing, TextField } from "../../components";
import { useTexts } from "../../locales";
import { toggle } from "./form";

/** 参加人: last time's are chosen already; other names can be added. */
export function ParticipantsField({ values, candidates, error, onChange }: {
  values: readonly string[];
  candidates: readonly string[];
  error: string | undefined;
  onChange: (values: string[]) => void;
}) {
  const { t } = useTexts();
  const [name, setName] = useState<string | null>(null);
  const names = [...new Set([...values, ...candidates])].toSorted((a, b) => order(candidates, a) - order(candidates, b));

  function add() {
    const typed = name?.trim() ?? "";
    if (typed && !values.includes(typed)) onChange([...values, typed]);
    setName(null);
  }

  return (
    <div className="stack tight">
      <Chips label={t("visit.participants")} required values={values} error={error} onToggle={(value) => onChange(toggle(values, value))}
        options={names.map((value) => ({ value, label: value }))} extra={{ label: t("visit.otherPerson"), onPress: () => setName("") }} />
      {name === null ? null : (
        <div className="row" onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || composing(event.nativeEvent)) return;
          event.preventDefault();
          add();
        }} role="presentation">
          <div className="grow"><TextField label={t("visit.otherPersonName")} value={name} onChange={setName} autoFocus /></div>
          <Button onClick={add}>{t("common.add")}</Button>
        </div>
      )}
    </div>
  );
}

function order(candidates: readonly string[], name: string): number {
  const at = candidates.indexOf(name);
  return at < 0 ? candidates.length : at;
}
