import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useOffice, useQuery } from "../../api";
import type { PlannedRow } from "../../api/generated/PlannedRow";
import { Dialog, errorText, KeepButton, keptAt, Notice, SelectField, TextField, toDto, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { sessionName } from "./kinds";

/** A planned session moved or reworded; or the session that was held is named. */
export function PlannedDialog({ row, onClose }: { row: PlannedRow; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const { year } = useOffice();
  const save = useCommand("meeting.plan_save");
  const hold = useCommand("meeting.plan_hold");
  const sessions = useQuery("meeting.list", listInput({ year, limit: 200 }));
  const { typed: form, set: type, draft, done: forget } = useTyped("planned", row.id, { date: row.date, topic: row.topic, lead: row.lead, session: "" });
  const [error, setError] = useState<{ field: string; text: string; keep: boolean; far: boolean } | null>(null);
  const set = (part: Partial<typeof form>) => {
    type(part);
    setError(null);
  };
  const done = {
    onSuccess: () => { forget(); say(t("common.saved")); onClose(); },
    onError: (failed: unknown) => {
      const dto = toDto(failed);
      setError({ field: /^entries\.0\.(\w+)$/.exec(dto.field ?? "")?.[1] ?? "", text: errorText(texts, dto), keep: keptAt(failed, []) !== null, far: dto.code === "date_far" });
    },
  };
  function submit(confirmDate = false, keepMatches = false) {
    if (save.isPending || hold.isPending) return;
    if (form.session) hold.mutate({ id: row.id, session: form.session }, done);
    else save.mutate({ entries: [{ id: row.id, kinds: row.kinds, group: row.group, date: form.date, topic: form.topic, lead: form.lead }], confirmDate, keepMatches }, done);
  }
  const held = (sessions.data?.rows ?? []).filter((one) => one.mergedInto === null && one.kinds.some((kind) => row.kinds.includes(kind)));
  return (
    <Dialog title={t("plan.edit")} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={save.isPending || hold.isPending} onClick={() => submit()}>{t("common.save")}</Button>
      </>
    }>
      <TypedBefore draft={draft} />
      <TextField label={t("plan.date")} required value={form.date} error={error?.field === "date" ? error.text : undefined} onChange={(date) => set({ date })} />
      <TextField label={t("plan.topic")} value={form.topic} error={error?.field === "topic" ? error.text : undefined} onChange={(topic) => set({ topic })} />
      <TextField label={t("plan.lead")} value={form.lead} onChange={(lead) => set({ lead })} />
      <SelectField label={t("plan.heldAs")} value={form.session} empty={t("plan.notHeld")} onChange={(session) => set({ session })}
        options={held.map((one) => ({ value: one.id, label: sessionName(texts, one) }))} />
      {error && (error.field === "" || error.keep || error.far) ? (
        <Notice tone="red" alert action={error.keep ? <KeepButton typed={form} onKeep={() => submit(false, true)} onClean={set} /> : error.far ? <Button onClick={() => submit(true)}>{t("errors.dateConfirm")}</Button> : null}>{error.text}</Notice>
      ) : null}
    </Dialog>
  );
}
