import { Button } from "antd";
import { useState } from "react";
import { useQuery, useRecords } from "../api";
import type { HistoryField } from "../api/generated/HistoryField";
import type { HistoryValue } from "../api/generated/HistoryValue";
import type { RecordHistory } from "../api/generated/RecordHistory";
import { useTexts } from "../locales";
import { Check } from "./Choice";
import { Dialog } from "./Dialog";
import { changed, first, historyField, historyValue, historyWriter, sealedPart, told } from "./history";
import { Blank, Loaded } from "./Page";
import { UndoDialog } from "./UndoDialog";
import { Mark, Notice, type Tone } from "./Words";
import "./history.css";

const tones: Record<string, Tone> = { stands: "green", conflict: "yellow", merged: "blue", replaced: "grey", reopened: "yellow" };
/** From so many fields on only those that changed are shown first. */
const MANY = 12;

/** 历史: opens who wrote each value of a record. `name` tells several buttons of one page apart. */
export function HistoryButton({ id, name }: { id: string; name?: string }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog" aria-label={name ? t("history.openOf", { name }) : undefined}>{t("history.open")}</Button>
      {open ? <HistoryDialog id={id} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function HistoryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts();
  const query = useQuery("record.history", { id, book: null });
  return (
    <Dialog title={t("history.title")} open onClose={onClose} footer={<Button type="primary" onClick={onClose}>{t("common.close")}</Button>}>
      <Loaded query={query}>{(history) => <HistoryList history={history} />}</Loaded>
    </Dialog>
  );
}

/** Every field with its values, the newest first. */
export function HistoryList({ history }: { history: RecordHistory }) {
  const texts = useTexts();
  const { t, code, date } = texts;
  const all = told(history);
  const [only, setOnly] = useState(all.length > MANY);
  const shown = only ? all.filter(changed) : all;
  const made = first(history);
  return (
    <div className="stack history">
      <div className="stack tight">
        <strong>{code("recordType", history.recordType)} {history.title.replace(/^\d{4}-\d{2}-\d{2}/, (iso) => date(iso))}</strong>
        <span className="soft">
          {t("history.head", { office: history.office, book: code("book", history.kind), year: history.year ?? t("sync.evergreen") })}
          {made ? ` ${t("history.made", { who: historyWriter(texts, made), date: date(made.on) })}` : ""}
        </span>
      </div>
      {history.copied ? (
        <span className="soft">
          {t("forget.copied", { who: history.copied.holder ?? (history.copied.device ? t("history.computer", { id: history.copied.device.slice(0, 8) }) : t("forget.copiedUnknown")), date: date(history.copied.on) })}
          {history.copied.without.length > 0 ? ` · ${t("forget.without", { fields: texts.several(history.copied.without.map((field) => code("recordField", `${history.recordType}_${field}`))) })}` : ""}
        </span>
      ) : null}
      {history.custody === "marked" ? <Notice tone="blue">{t("history.custodyMarked")}</Notice> : null}
      {history.custody === "false" || history.custody === "missing" ? <Notice tone="red" alert>{t(history.custody === "false" ? "history.custodyFalse" : "history.custodyMissing")}</Notice> : null}
      {history.sound ? <Notice tone="green">{t("history.sound")}</Notice> : <Notice tone="red" alert>{t("history.notSound")}</Notice>}
      {all.some(changed) || only ? <Check label={t("history.changedOnly")} checked={only} onChange={setOnly} /> : null}
      {shown.length === 0 ? <Blank>{t("history.unchanged")}</Blank> : shown.map((field) => <Field key={field.field} type={history.recordType} field={field} />)}
      {history.omitted > 0 ? <p className="soft">{t("history.omitted", { n: history.omitted })}</p> : null}
      <p className="soft">{t("history.dateMeans")}</p>
    </div>
  );
}

function Field({ type, field }: { type: string; field: HistoryField }) {
  const texts = useTexts();
  return (
    <section>
      <h3>{historyField(texts, type, field.field, field.subject)}</h3>
      <ul className="values">{field.values.map((value, index) => <Value key={index} type={type} name={field.field} value={value} />)}</ul>
    </section>
  );
}

function Value({ type, name, value }: { type: string; name: string; value: HistoryValue }) {
  const texts = useTexts();
  const { t, code, date } = texts;
  return (
    <li className={value.standing === "replaced" ? "was" : undefined}>
      <div className="line">
        <span className="what prose">
          {value.sealed ? <Sealed type={type} value={value} /> : value.standing === "reopened" ? "─" : value.value === null ? <span className="soft">{t("history.emptied")}</span> : historyValue(texts, type, name, value.value)}
        </span>
        <Mark tone={tones[value.standing] ?? "grey"} glyph={value.standing === "replaced" ? "info" : undefined}>{code("history", value.standing)}</Mark>
      </div>
      <div className="soft">{historyWriter(texts, value)} · {date(value.on)}</div>
      {value.action === null ? null : <UndoStep action={value.action} />}
      {value.check === "sound" ? null : <Mark tone="red" glyph="warn">{code("history", value.check)}</Mark>}
    </li>
  );
}

function UndoStep({ action }: { action: number }) {
  const { t } = useTexts();
  const records = useRecords();
  const [open, setOpen] = useState(false);
  if (!records) return null;
  return (
    <>
      <button type="button" className="plain-button" onClick={() => setOpen(true)}>{t("undo.step")}</button>
      {open ? <UndoDialog id={action} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Sealed({ type, value }: { type: string; value: HistoryValue }) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <>
      <Mark tone="grey" glyph="lock">{t(value.opened.length > 0 ? "history.opened" : "history.sealed")}</Mark>
      {value.opened.map((part) => (
        <span key={part.name} className="part">{historyField(texts, type, part.name, null)}:{sealedPart(texts, part)}</span>
      ))}
    </>
  );
}
