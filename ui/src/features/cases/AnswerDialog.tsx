import { Button } from "antd";
import { useState } from "react";
import { type Input, useCommand, useDraft } from "../../api";
import type { FlowView } from "../../api/generated/FlowView";
import { Choice, DateField, Dialog, type FieldErrors, KeepButton, Notice, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useSend } from "./useSend";

type Form = Pick<Input<"case.answer">, "note" | "unit" | "person" | "on" | "declined">;
const empty: Form = { note: "", unit: "", person: "", on: "", declined: false };
const fields = ["note", "unit", "person", "on"] as const;

/** 反馈办结: the answer goes to every office that brought the matter. */
export function AnswerDialog({ view, onClose }: { view: FlowView; onClose: () => void }) {
  const draft = useDraft<Form>("case_answer", view.row.id);
  if (draft.found === undefined) return null;
  return <Answer view={view} initial={draft.found ?? { ...empty, unit: view.row.unit }} continues={draft.found !== null} onTyped={draft.keep} onGone={draft.discard} onClose={onClose} />;
}

function Answer({ view, initial, continues, onTyped, onGone, onClose }: {
  view: FlowView;
  initial: Form;
  continues: boolean;
  onTyped: (form: Form) => void;
  onGone: () => void;
  onClose: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const answer = useCommand("case.answer");
  // As it was when the dialog opened: what came meanwhile was not looked at.
  const [seen] = useState(view.seen);
  const send = useSend(fields);
  const [form, setForm] = useState(initial);
  const goes = view.answersTo.map((one) => one.name);

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
    send.typed();
  }

  function submit(keep = false) {
    const missing: FieldErrors = form.note.trim() === "" ? { note: t("errors.required") } : {};
    if (!send.begin(missing) || answer.isPending) return;
    answer.mutate({ ...form, id: view.row.id, seen, keepMatches: keep }, {
      onSuccess: ({ told, missed }) => {
        onGone();
        say(missed.length > 0 ? t("cases.answeredMissed", { names: texts.several(missed.map((one) => one.officeName)) }) : told.length > 0 ? t("cases.answeredTo", { names: texts.several(told.map((one) => one.officeName)) }) : t("flow.done"));
        onClose();
      },
      onError: send.failed,
    });
  }

  const field = (key: "note" | "unit" | "person" | "on") => ({ value: form[key], error: send.errors[key], onChange: (value: string) => set({ [key]: value }) });
  return (
    <Dialog title={t("cases.answer")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={answer.isPending} onClick={() => submit()}>{t("cases.answer")} Ctrl+Enter</Button>
    </>}>
      <p><strong>{view.row.title}</strong></p>
      {continues ? <Notice tone="blue">{t("common.typedBefore")}</Notice> : null}
      <Choice<"answered" | "declined"> label={t("concern.answerState")} value={form.declined ? "declined" : "answered"} onChange={(value) => set({ declined: value === "declined" })}
        options={[{ value: "answered", label: t("cases.solved") }, { value: "declined", label: t("concern.declined") }]} />
      <TextField {...field("note")} label={t("concern.answerText")} required rows={3} hint={goes.length > 0 ? t("cases.answerHint") : undefined} keep={send.stopped === "note" ? () => submit(true) : undefined} />
      <div className="fields">
        <TextField {...field("unit")} label={t("flow.unit")} keep={send.stopped === "unit" ? () => submit(true) : undefined} />
        <TextField {...field("person")} label={t("flow.person")} />
      </div>
      <DateField {...field("on")} label={t("flow.on")} hint={t("flow.onHint")} />
      {goes.length > 0 ? <Notice tone="blue">{texts.pair(t("cases.answerTo"), texts.several(goes))}</Notice> : null}
      {send.errors[""] ? <Notice tone="red" alert action={send.stopped === "" ? <KeepButton typed={form} onKeep={() => submit(true)} onClean={(clean) => { set(clean); send.begin({}); }} /> : null}>{send.errors[""]}</Notice> : null}
    </Dialog>
  );
}
