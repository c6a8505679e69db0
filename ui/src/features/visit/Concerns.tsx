import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useList, useOffice } from "../../api";
import type { ConcernRow } from "../../api/generated/ConcernRow";
import type { ConcernState } from "../../api/generated/ConcernState";
import { Check, DateField, Dialog, fieldErrors, type FieldErrors, HistoryButton, keptAt, Lock, Mark, Notice, Paged, SelectField, TextField, type Tone } from "../../components";
import { useTexts } from "../../locales";

export const concernTones: Record<ConcernState, Tone> = { kept: "grey", handed_in: "blue", in_progress: "yellow", closed: "green" };
const states: readonly ConcernState[] = ["kept", "handed_in", "in_progress", "closed"];

/** 诉求: where each stands, and the next step. */
export function Concerns({ initialText, openId }: { initialText: string; openId: string | null }) {
  const { t } = useTexts();
  const { year } = useOffice();
  const [text, setText] = useState(initialText);
  const [state, setState] = useState<ConcernState | "">("");
  const [open, setOpen] = useState<string | null>(openId);
  const list = useList("concern.list", listInput({ year, text: text.trim() || null, state: state || null }));
  const chosen = list.data?.rows.find((row) => row.id === open);
  return (
    <>
      <div className="fields">
        <TextField label={t("concern.filter")} value={text} onChange={setText} />
        <SelectField<ConcernState> label={t("common.state")} value={state} onChange={setState} empty={t("common.all")}
          options={states.map((value) => ({ value, label: t(`concern.${value}`) }))} />
      </div>
      <Paged list={list}>{(row) => <Row key={row.id} row={row} onOpen={() => setOpen(row.id)} />}</Paged>
      {chosen ? <ProgressDialog row={chosen} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Row({ row, onOpen }: { row: ConcernRow; onOpen: () => void }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <button type="button" className="plain-button" onClick={onOpen}>{row.text}</button>
        <div className="soft">
          {code("category", row.category)} · {date(row.date)} · {row.nextStep} · {t("concern.by", { who: row.owner, date: date(row.deadline) })}
        </div>
      </div>
      <Mark tone={concernTones[row.state]} glyph={row.state === "closed" ? "check" : "info"}>{t(`concern.${row.state}`)}</Mark>
    </li>
  );
}

function ProgressDialog({ row, onClose }: { row: ConcernRow; onClose: () => void }) {
  const texts = useTexts();
  const { t, date } = texts;
  const progress = useCommand("concern.progress");
  const [note, setNote] = useState("");
  const [on, setOn] = useState("");
  const [close, setClose] = useState(false);
  const [missing, setMissing] = useState(false);
  const errors: FieldErrors = progress.isError ? fieldErrors(texts, progress.error, ["note", "on"]) : {};

  const stopped = progress.isError && keptAt(progress.error, ["note"]) !== null;

  function save(keepMatches = false) {
    setMissing(note.trim() === "");
    if (note.trim() === "") return;
    progress.mutate({ id: row.id, note: note.trim(), close, on: on.trim(), keepMatches }, { onSuccess: onClose });
  }

  return (
    <Dialog title={t("concern.progress")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => save()} loading={progress.isPending}>{t("common.save")}</Button>
      </>}>
      <p className="prose">{row.text}</p>
      {row.privateNote ? <div className="stays-here stack tight"><Lock /><p className="prose">{row.privateNote}</p></div> : null}
      <div>
        <div className="row apart"><h3>{t("concern.steps")}</h3><HistoryButton id={row.id} /></div>
        {row.progress.length === 0 ? <p className="soft">{t("concern.noSteps")}</p> : (
          <ul className="steps">{row.progress.map((step, index) => <li key={index}>{date(step.on)} {step.note}</li>)}</ul>
        )}
      </div>
      <TextField label={t("concern.note")} required rows={2} value={note} onChange={(text) => { setNote(text); progress.reset(); }} error={missing ? t("errors.required") : errors["note"]}
        keep={stopped && !missing ? () => save(true) : undefined} />
      <DateField label={t("concern.on")} value={on} onChange={setOn} hint={t("concern.onHint")} error={errors["on"]} />
      <Check label={t("concern.close")} checked={close} onChange={setClose} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
