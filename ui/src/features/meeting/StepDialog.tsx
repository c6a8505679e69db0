import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useOffice, useQuery } from "../../api";
import type { MatterStepRow } from "../../api/generated/MatterStepRow";
import { DateField, Dialog, fieldErrors, type FieldErrors, KeepButton, keptAt, Notice, SelectField, TextField, toDto, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { readCount, sessionName } from "./kinds";
import { VotePick } from "./VotePick";

const fields = ["on", "note", "present", "inFavour"] as const;

/** What was done at a step: date, words, numbers where people vote, and the session at which it was. */
export function StepDialog({ id, step, onClose }: { id: string; step: MatterStepRow; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const { year } = useOffice();
  const save = useCommand("matter.step");
  const sessions = useQuery("meeting.list", listInput({ year, limit: 200 }));
  const { typed: form, set: type, draft, done } = useTyped("matter_step", `${id} ${step.step}`, {
    on: step.on ?? "", note: step.note, present: String(step.present ?? ""), inFavour: String(step.inFavour ?? ""), session: step.session?.id ?? "",
  });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [farDate, setFarDate] = useState(false);
  const [stopped, setStopped] = useState<string | null>(null);
  const set = (part: Partial<typeof form>) => {
    type(part);
    setErrors({});
    setStopped(null);
  };
  function submit(confirmDate = false, keepMatches = false, empty = false) {
    if (!empty && form.on.trim() === "") {
      setErrors({ on: t("errors.required") });
      return;
    }
    if (save.isPending) return;
    const { on, note, session } = form;
    save.mutate({ id, step: step.step, on: empty ? "" : on, note, present: readCount(form.present), inFavour: readCount(form.inFavour), session: session || null, confirmDate, keepMatches }, {
      onSuccess: () => { done(); say(t("common.saved")); onClose(); },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, fields));
        setFarDate(toDto(error).code === "date_far");
        setStopped(keptAt(error, fields));
      },
    });
  }
  const options = (sessions.data?.rows ?? []).map((row) => ({ value: row.id, label: sessionName(texts, row) }));
  const known = step.session && !options.some((one) => one.value === step.session?.id) ? [{ value: step.session.id, label: sessionName(texts, step.session) }] : [];
  return (
    <Dialog title={t(`matter.${step.step}`)} open onClose={onClose} footer={
      <>
        {step.on === null ? null : <Button onClick={() => submit(false, false, true)}>{t("matter.takeBack")}</Button>}
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={save.isPending} onClick={() => submit()}>{t("common.save")}</Button>
      </>
    }>
      <TypedBefore draft={draft} />
      <DateField label={t("matter.on")} required value={form.on} error={errors["on"]} onChange={(on) => set({ on })}
        confirm={farDate ? () => { setFarDate(false); submit(true); } : undefined} />
      <SelectField label={t("matter.session")} value={form.session} empty={t("matter.noSession")} onChange={(session) => set({ session })} options={[...known, ...options]} />
      {step.votes ? <VotePick session={form.session} onPick={({ present, inFavour }) => set({ present: String(present), inFavour: String(inFavour) })} /> : null}
      {step.votes ? (
        <div className="fields">
          <TextField label={t("matter.present")} inputMode="numeric" value={form.present} error={errors["present"]} onChange={(present) => set({ present })} />
          <TextField label={t("matter.inFavour")} inputMode="numeric" value={form.inFavour} error={errors["inFavour"]} onChange={(inFavour) => set({ inFavour })} />
        </div>
      ) : null}
      <TextField label={t("matter.note")} rows={3} value={form.note} error={errors["note"]} onChange={(note) => set({ note })}
        keep={stopped === "note" ? () => submit(false, true) : undefined} />
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => submit(false, true)} onClean={set} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
