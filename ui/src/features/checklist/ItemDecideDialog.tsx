import { Button } from "antd";
import { useState } from "react";
import { useCommand, useRecords } from "../../api";
import type { ItemRow } from "../../api/generated/ItemRow";
import { Dialog, fieldErrors, type FieldErrors, keptAt, Mark, Notice, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { itemTones } from "./ItemLine";

/** An item that was sent down: what was done, and 验收通过 or 退回. */
export function ItemDecideDialog({ row, onClose }: { row: ItemRow; onClose: () => void }) {
  const texts = useTexts();
  const { t, date } = texts;
  const say = useToast();
  const decide = useCommand("dispatch.decide");
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  // The word that was stopped, where the note may stay as it is.
  const [stopped, setStopped] = useState<boolean | null>(null);
  const reads = !useRecords();
  // Until it is handed in there is nothing to accept; what was accepted may still be returned.
  const mayAccept = !reads && (row.disputed || row.state === "done" || row.state === "returned");
  const mayReturn = !reads && (row.disputed || row.state === "done" || row.state === "accepted");

  function send(accept: boolean, keepMatches = false) {
    if (!accept && note.trim() === "") return setErrors({ note: t("month.noteNeeded") });
    setErrors({});
    setStopped(null);
    decide.mutate({ id: row.id, accept, note: note.trim(), digest: "", keepMatches }, {
      onSuccess: () => { say(t(accept ? "checklist.acceptedToast" : "month.returned")); onClose(); },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, ["note"]));
        setStopped(keptAt(error, ["note"]) === null ? null : accept);
      },
    });
  }

  return (
    <Dialog title={row.title} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.close")}</Button>
      {mayReturn ? <Button loading={decide.isPending} onClick={() => send(false)}>{t("month.return")}</Button> : null}
      {mayAccept ? <Button type="primary" loading={decide.isPending} onClick={() => send(true)}>{t("checklist.accept")}</Button> : null}
    </>}>
      <div className="row">
        <span>{row.officeName}</span>
        <Mark tone={itemTones[row.state]}>{t(row.acknowledged ? `checklist.sent_${row.state}` : "checklist.notAcknowledged")}</Mark>
        {row.disputed ? <Mark tone="yellow">{t("month.crossed")}</Mark> : null}
      </div>
      {row.disputed ? <Notice tone="yellow">{t("checklist.crossedHint")}</Notice> : null}
      {row.measure ? <p>{texts.pair(t("dispatch.measure"), row.measure)}</p> : null}
      <ItemSteps row={row} />
      {mayAccept || mayReturn ? (
        <TextField label={t("month.note")} rows={2} value={note} onChange={(typed) => { setNote(typed); setStopped(null); }} error={errors["note"]} hint={t("month.noteHint")}
          keep={stopped === null ? undefined : () => send(stopped, true)} />
      ) : null}
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      {row.deadline ? <p className="soft">{t("checklist.until", { date: date(row.deadline) })}</p> : null}
    </Dialog>
  );
}

/** What was done and decided, oldest first. */
export function ItemSteps({ row }: { row: ItemRow }) {
  const { t, date } = useTexts();
  return (
    <div>
      <h3>{t("checklist.steps")}</h3>
      {row.progress.length === 0 ? <p className="soft">{t("checklist.noSteps")}</p> : (
        <ul>{row.progress.map((step, index) => <li key={index}>{date(step.on)} {step.note}</li>)}</ul>
      )}
      {row.decisions.length === 0 ? null : (
        <ul aria-label={t(row.origin === "superior" ? "checklist.decisions" : "checklist.acceptOwn")}>
          {row.decisions.map((one, index) => (
            <li key={index}><strong>{t(one.accepted ? "checklist.sent_accepted" : "checklist.sent_returned")}</strong> {date(one.on)} {one.person} {one.note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
