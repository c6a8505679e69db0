import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { ItemRow } from "../../api/generated/ItemRow";
import type { ItemState } from "../../api/generated/ItemState";
import { Choice, DateField, Dialog, fieldErrors, type FieldErrors, keptAt, Notice, TextField, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { ItemSteps } from "./ItemDecideDialog";

/** 进展: what was done and where it stands; the first step on a dispatched item acknowledges it. */
export function ProgressDialog({ row, onClose }: { row: ItemRow; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const progress = useCommand("checklist.progress");
  const above = row.origin === "superior";
  const fresh = above && !row.acknowledged;
  const { typed: { note, state, person, on }, set, draft, done } = useTyped<{ note: string; state: ItemState; person: string; on: string }>("progress", `${row.id} ${row.origin}`, {
    note: "", state: row.state === "in_progress" || (row.state === "done" && !above) ? row.state : "in_progress", person: row.person, on: "",
  });
  const [errors, setErrors] = useState<FieldErrors>({});

  const [stopped, setStopped] = useState(false);
  // What waits for the superior, or was accepted, is not handed in again.
  const handsIn = (!above && row.state !== "accepted") || row.state === "open" || row.state === "in_progress" || row.state === "returned";
  const states: readonly ItemState[] = handsIn ? (above ? ["in_progress", "done"] : ["open", "in_progress", "done"]) : ["in_progress"];

  function save(keepMatches = false) {
    const found: FieldErrors = {};
    if (note.trim() === "" && !fresh) found["note"] = t("errors.required");
    if (row.origin === "superior" && person.trim() === "") found["person"] = t("errors.required");
    setErrors(found);
    setStopped(false);
    if (Object.keys(found).length > 0) return;
    progress.mutate({ id: row.id, note: note.trim() || t("checklist.acknowledge"), state, person: person.trim(), on: on.trim(), keepMatches }, {
      onSuccess: () => { done(); onClose(); },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, ["note", "person", "on"]));
        setStopped(keptAt(error, ["note"]) !== null);
      },
    });
  }

  return (
    <Dialog title={row.title} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => save()} loading={progress.isPending}>{t(fresh ? "checklist.acknowledge" : "common.save")}</Button>
      </>}>
      <TypedBefore draft={draft} />
      {row.problem ? <p>{texts.pair(t("checklist.problem"), row.problem)}</p> : null}
      {row.measure ? <p>{texts.pair(t("checklist.measure"), row.measure)}</p> : null}
      <ItemSteps row={row} />
      {above && row.disputed ? <Notice tone="yellow">{t("checklist.crossedHint")}</Notice> : null}
      {above && row.state === "done" ? <Notice tone="blue">{t("checklist.waitsAbove")}</Notice> : null}
      <TextField label={t("checklist.note")} required={!fresh} rows={2} value={note} onChange={(text) => { set({ note: text }); setStopped(false); }}
        error={errors["note"]} keep={stopped ? () => save(true) : undefined} />
      {row.origin === "superior" ? (
        <TextField label={t("checklist.person")} required value={person} onChange={(next) => set({ person: next })} error={errors["person"]} />
      ) : null}
      <Choice<ItemState> label={t("checklist.state")} value={state} onChange={(next) => set({ state: next })}
        options={states.map((value) => ({ value, label: t(above ? `checklist.sent_${value}` : `checklist.${value}`) }))} />
      <DateField label={t("checklist.on")} value={on} onChange={(next) => set({ on: next })} hint={t("checklist.onHint")} error={errors["on"]} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
