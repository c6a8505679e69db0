import { useState } from "react";
import type { FillField } from "../../api/generated/FillField";
import type { FillPlace } from "../../api/generated/FillPlace";
import { TextField } from "../../components";
import { useTexts } from "../../locales";
import { tableOf } from "./cells";

/** Of each table in the form: the last row that takes one of its rows. */
export function LastRows({ fields, places, onChange }: {
  fields: readonly FillField[];
  places: readonly FillPlace[];
  onChange: (table: string, row: number) => void;
}) {
  const tables = new Map<string, FillPlace>();
  for (const place of places) {
    const table = tableOf(place.key);
    if (table !== null && !tables.has(table)) tables.set(table, place);
  }
  if (tables.size === 0) return null;
  return (
    <div className="stack tight">
      {[...tables].map(([table, place]) => (
        <LastRow key={`${table} ${place.lastRow}`} heading={fields.find((field) => field.key === place.key)?.table ?? ""} row={place.lastRow ?? 0} onChange={(row) => onChange(table, row)} />
      ))}
    </div>
  );
}

function LastRow({ heading, row, onChange }: { heading: string; row: number; onChange: (row: number) => void }) {
  const { t } = useTexts();
  const [text, setText] = useState(String(row));
  const keep = () => {
    const next = Number(text);
    if (Number.isInteger(next) && next > 0 && next !== row) onChange(next);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); keep(); }} onBlur={keep}>
      <TextField label={heading ? t("fill.lastRowOf", { table: heading }) : t("fill.lastRow")} inputMode="numeric" value={text} onChange={setText} />
    </form>
  );
}
