import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useQuery } from "../../api";
import type { ItemRow } from "../../api/generated/ItemRow";
import { DateField, Dialog, fieldErrors, type FieldErrors, keptAt, KeepButton, Notice, TextField, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { ItemSteps } from "./ItemDecideDialog";

const fields = ["person", "on", "note"] as const;

/** Whether somebody of the office accepts or returns it: a rectification of its own that was done. */
export const maySeeTo = (row: ItemRow) => row.origin === "rectification" && (row.state === "done" || row.state === "accepted" || row.disputed);

/** 验收 of a rectification of one's own: by whom, on which day, with what result. */
export function AcceptItemDialog({ row, onClose }: { row: ItemRow; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const accept = useCommand("checklist.accept");
  const members = useQuery("member.list", listInput({ limit: 200 }));
  const { typed, set, draft, done } = useTyped("item_accept", row.id, { person: "", on: "", note: "" });
  const [errors, setErrors] = useState<FieldErrors>({});
  // The word that was stopped, where the note may stay as it is, and where it stands.
  const [stopped, setStopped] = useState<{ accept: boolean; at: string } | null>(null);
  const change = (part: Partial<typeof typed>) => {
    set(part);
    setErrors({});
    setStopped(null);
  };

  function send(passed: boolean, keepMatches = false) {
    const found: FieldErrors = {};
    if (typed.person.trim() === "") found["person"] = t("errors.required");
    if (!passed && typed.note.trim() === "") found["note"] = t("month.noteNeeded");
    setErrors(found);
    setStopped(null);
    if (Object.keys(found).length > 0 || accept.isPending) return;
    accept.mutate({ id: row.id, accept: passed, person: typed.person.trim(), on: typed.on.trim(), note: typed.note.trim(), keepMatches }, {
      onSuccess: () => { done(); say(t(passed ? "checklist.acceptedToast" : "month.returned")); onClose(); },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, fields));
        const at = keptAt(error, fields);
        setStopped(at === null ? null : { accept: passed, at });
      },
    });
  }

  const keep = (at: string) => (stopped?.at === at ? () => send(stopped.accept, true) : undefined);
  const keepAtFoot = keep("");
  return (
    <Dialog title={t("checklist.acceptTitle", { title: row.title })} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button loading={accept.isPending} onClick={() => send(false)}>{t("month.return")}</Button>
      {row.state === "accepted" && !row.disputed ? null : <Button type="primary" loading={accept.isPending} onClick={() => send(true)}>{t("checklist.accept")}</Button>}
    </>}>
      <TypedBefore draft={draft} />
      {row.disputed ? <Notice tone="yellow">{t("checklist.crossedOwn")}</Notice> : null}
      {row.problem ? <p>{texts.pair(t("checklist.problem"), row.problem)}</p> : null}
      {row.measure ? <p>{texts.pair(t("checklist.measure"), row.measure)}</p> : null}
      <ItemSteps row={row} />
      <TextField label={t("checklist.acceptedBy")} required value={typed.person} list={members.data?.rows.map((one) => one.name) ?? []} error={errors["person"]}
        hint={t("checklist.acceptedByHint", { person: row.person })} onChange={(person) => change({ person })} />
      <DateField label={t("checklist.acceptedOn")} value={typed.on} hint={t("checklist.onHint")} error={errors["on"]} onChange={(on) => change({ on })} />
      <TextField label={t("checklist.acceptNote")} rows={2} value={typed.note} hint={t("month.noteHint")} error={errors["note"]} keep={keep("note")} onChange={(note) => change({ note })} />
      {errors[""] ? <Notice tone="red" alert action={keepAtFoot ? <KeepButton typed={typed} onKeep={keepAtFoot} onClean={change} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
