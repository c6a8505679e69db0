import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { HoursRow } from "../../api/generated/HoursRow";
import type { TrainingRow } from "../../api/generated/TrainingRow";
import { Check, Chips, DateField, Dialog, fieldErrors, type FieldErrors, KeepButton, keptAt, Notice, TextField, toDto, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { hoursText, readHours } from "./kinds";

const fields = ["date", "topic", "hours", "members"] as const;

/** One training apart from sessions; `members` are those of the page that is looked at, others that are chosen stay chosen. */
export function TrainingDialog({ row, members, onClose }: { row: TrainingRow | null; members: readonly HoursRow[]; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const save = useCommand("training.save");
  const { typed: form, set: type, draft, done } = useTyped("training", row?.id ?? "new", {
    date: row?.date ?? "", topic: row?.topic ?? "", hours: row ? hoursText(row.hours) : "", concentrated: row?.concentrated ?? false, members: row?.members ?? [],
  });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [farDate, setFarDate] = useState(false);
  const [stopped, setStopped] = useState<string | null>(null);
  const set = (part: Partial<typeof form>) => {
    type(part);
    setErrors({});
    setStopped(null);
  };
  function submit(confirmDate = false, keepMatches = false) {
    const hours = readHours(form.hours);
    const found: FieldErrors = hours === null ? { hours: t("hours.hoursHint") } : {};
    setErrors(found);
    if (hours === null || save.isPending) return;
    save.mutate({ ...form, id: row?.id ?? null, hours, confirmDate, keepMatches }, {
      onSuccess: (saved) => { done(); say(saved.late ? t("common.savedLate") : t("common.saved")); onClose(); },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, fields));
        setFarDate(toDto(error).code === "date_far");
        setStopped(keptAt(error, fields));
      },
    });
  }
  const toggled = (id: string) => (form.members.includes(id) ? form.members.filter((one) => one !== id) : [...form.members, id]);
  return (
    <Dialog title={t(row ? "hours.edit" : "hours.add")} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={save.isPending} onClick={() => submit()}>{t("common.save")}</Button>
      </>
    }>
      <TypedBefore draft={draft} />
      <DateField label={t("hours.date")} required value={form.date} error={errors["date"]} onChange={(date) => set({ date })}
        confirm={farDate ? () => { setFarDate(false); submit(true); } : undefined} />
      <TextField label={t("hours.topic")} required value={form.topic} error={errors["topic"]} onChange={(topic) => set({ topic })}
        keep={stopped === "topic" ? () => submit(false, true) : undefined} />
      <TextField label={t("hours.hours")} required hint={t("hours.hoursHint")} inputMode="decimal" value={form.hours} error={errors["hours"]} onChange={(hours) => set({ hours })} />
      <Check label={t("hours.isConcentrated")} checked={form.concentrated} onChange={(concentrated) => set({ concentrated })} />
      <Chips label={t("hours.members")} required values={form.members} error={errors["members"]} onToggle={(id) => set({ members: toggled(id) })}
        options={members.map((one) => ({ value: one.id, label: one.name }))}
        {...(members.length > 0 ? { extra: { label: t("hours.all"), onPress: () => set({ members: [...new Set([...form.members, ...members.map((one) => one.id)])] }) } } : {})} />
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => submit(false, true)} onClean={set} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
