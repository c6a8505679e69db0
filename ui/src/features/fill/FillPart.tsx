import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, saveFile, useAsk, useOffice, useQuery } from "../../api";
import type { FillGrid } from "../../api/generated/FillGrid";
import type { FillPart as Part } from "../../api/generated/FillPart";
import type { FillPreview } from "../../api/generated/FillPreview";
import { ErrorNotice, Loaded, Lock, Mark, Notice, SelectField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { cellName, labelOf } from "./cells";
import { FormGrid } from "./FormGrid";
import { Sheets } from "./FormScreen";

/** 填写: the period, what comes out with real values, and the files. */
export function FillPart({ id, grid, onSheet }: { id: string; grid: FillGrid; onSheet: (sheet: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const ask = useAsk();
  const toast = useToast();
  const { overview, year: shownYear } = useOffice();
  const kinds = useQuery("sheet.list", nothing);
  const thisYear = Number((overview?.today ?? "2026-01-01").slice(0, 4));
  const [year, setYear] = useState(shownYear ?? thisYear);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [record, setRecord] = useState("");
  const [parts, setParts] = useState<readonly Part[]>([]);
  const [look, setLook] = useState("0");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const kind = kinds.data?.find((one) => one.kind === grid.template.kind);
  const period = kind?.period ?? "year";
  const months = period === "months";
  const input: Input<"fill.preview"> = {
    id,
    look: Number(look),
    packed: true,
    sheet: {
      kind: grid.template.kind, year: period === "today" ? null : year, record: record || null, limit: null,
      fromMonth: months && from ? Number(from) : null, toMonth: months && (to || from) ? Number(to || from) : null,
    },
  };
  const preview = useQuery("fill.preview", input, { keep: true, enabled: kinds.data !== undefined });
  const alone = preview.data?.parts.filter((part) => part.record) ?? [];
  if (!record && preview.data && alone.length > 1 && parts !== preview.data.parts && !preview.isPlaceholderData) setParts(preview.data.parts);
  const offered = parts.filter((part) => part.record);
  const anew = (set: (value: string) => void) => (value: string) => {
    set(value);
    setRecord("");
    setParts([]);
    setLook("0");
  };

  async function make() {
    setBusy(true);
    setError(null);
    try {
      const { files, workbooks } = await ask("fill.make", input);
      for (const file of files) await saveFile(file);
      toast(t(workbooks > files.length ? "fill.packed" : "fill.saved", { n: workbooks }));
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <div className="fields">
        {period === "today" ? null : (
          <SelectField label={t("common.year")} value={String(year)} onChange={anew((value) => setYear(Number(value)))}
            options={[...new Set([thisYear, thisYear - 1, thisYear - 2, year])].map((one) => ({ value: String(one), label: t("frame.yearOf", { year: one }) }))} />
        )}
        {months ? <MonthField label={t("fill.fromMonth")} value={from} onChange={anew(setFrom)} /> : null}
        {months && from ? <MonthField label={t("fill.toMonth")} value={to || from} onChange={anew(setTo)} /> : null}
        {offered.length > 1 ? (
          <SelectField label={t("fill.part")} value={record} empty={t("fill.allParts", { n: offered.length })} onChange={(value) => { setRecord(value); setLook("0"); }}
            options={offered.map((part) => ({ value: part.record ?? "", label: part.heading || (part.record ?? "") }))} />
        ) : null}
      </div>
      {kind?.private ? <p><Lock /> {t("sheet.private")}</p> : null}
      {error ? <ErrorNotice error={error} /> : null}
      <Loaded query={preview}>
        {(data) => (
          <>
            <div className="row">
              <Mark tone="blue">{t("fill.files", { n: data.files.length })}</Mark>
              <Button type="primary" loading={busy} onClick={() => void make()}>{t("fill.save")}</Button>
            </div>
            {data.tables.map((table) => <Notice key={table.table} tone="yellow">{t("fill.short", { table: table.heading || table.table, rows: table.rows, room: table.room })}</Notice>)}
            <Notes grid={grid} preview={data} />
            {data.files.length > 1 ? (
              <SelectField label={t("fill.look")} value={look} onChange={setLook} options={data.files.map((file, index) => ({ value: String(index), label: file }))} />
            ) : <p className="soft">{data.files[0]}</p>}
            <Sheets sheets={grid.sheets} sheet={grid.sheet} onSheet={onSheet} />
            <Looked grid={grid} preview={data} />
          </>
        )}
      </Loaded>
    </>
  );
}

function MonthField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const texts = useTexts();
  return (
    <SelectField label={label} value={value} empty={texts.t("fill.wholeYear")} onChange={onChange}
      options={Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1), label: texts.month(n + 1) }))} />
  );
}

function Notes({ grid, preview }: { grid: FillGrid; preview: FillPreview }) {
  const texts = useTexts();
  // What a person was told while pointing is not told again.
  const cut = preview.notes.filter((note) => note.code !== "cell_has_text");
  return cut.map((note, index) => (
    <Notice key={index} tone="yellow">{labelOf(texts, grid.fields, note.key)}: {texts.code("fill", note.code, { cell: note.cell })}</Notice>
  ));
}

/** The form with the values of one workbook in their cells, instead of what the form had there. */
function Looked({ grid, preview }: { grid: FillGrid; preview: FillPreview }) {
  const values = new Map(preview.values.filter((value) => value.sheet === grid.sheet).map((value) => [value.cell, value.text]));
  const blank = { ...grid, cells: grid.cells.map((cell) => (values.has(cellName(cell.row, cell.column)) ? { ...cell, text: "" } : cell)) };
  return (
    <FormGrid grid={blank} renderCell={(cell) => {
      const text = values.get(cell.name);
      return text === undefined ? null : { look: "value", spoken: text, words: <span className="prose">{text}</span> };
    }} />
  );
}
