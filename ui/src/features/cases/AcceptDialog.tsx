import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, useCommand, useDraft } from "../../api";
import type { CaseCaller } from "../../api/generated/CaseCaller";
import { DateField, Dialog, type FieldErrors, KeepButton, Mark, Notice, SelectField, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { categories } from "../flow/filters";
import { CallerFields, noCaller } from "./CallerFields";
import { useSend } from "./useSend";

/** What is taken in: a branch's concern or case, or none where somebody came or called. */
export interface Taken {
  id: string;
  office: string;
  text: string;
  category: string;
}

type Form = Pick<Input<"case.accept">, "title" | "text" | "category" | "channel" | "on" | "due" | "leader" | "person" | "unit">;
const fields = ["title", "text", "category", "channel", "on", "due", "leader", "person", "unit"] as const;
const channels = ["walk_in", "hotline", "letter", "online", "visit"] as const;
const titleLength = 30;

/** 受理: the case is then this office's own, and its answer goes back to where it came from. */
export function AcceptDialog({ from, onClose }: { from: Taken | null; onClose: () => void }) {
  const draft = useDraft<Form>("case_accept", from?.id ?? "new");
  if (draft.found === undefined) return null;
  const clean: Form = {
    title: from ? from.text.slice(0, titleLength) : "", text: from?.text ?? "", category: from?.category ?? "", channel: from ? "visit" : "walk_in", on: "", due: "", leader: "", person: "", unit: "",
  };
  return <Accept from={from} initial={draft.found ?? clean} continues={draft.found !== null} onTyped={draft.keep} onGone={draft.discard} onClose={onClose} />;
}

function Accept({ from, initial, continues, onTyped, onGone, onClose }: {
  from: Taken | null;
  initial: Form;
  continues: boolean;
  onTyped: (form: Form) => void;
  onGone: () => void;
  onClose: () => void;
}) {
  const { t, code } = useTexts();
  const say = useToast();
  const navigate = useNavigate();
  const accept = useCommand("case.accept");
  const send = useSend(fields);
  const [form, setForm] = useState(initial);
  // Who asked is in no draft: it is sealed once, and stands nowhere else.
  const [caller, setCaller] = useState<CaseCaller>(noCaller);

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
    send.typed();
  }

  function submit({ keep = false, confirm = false } = {}) {
    const missing: FieldErrors = {};
    for (const key of ["title", "text", "category", "due"] as const) if (form[key].trim() === "") missing[key] = t("errors.required");
    if (!send.begin(missing) || accept.isPending) return;
    accept.mutate({ ...form, source: from?.id ?? "", caller, confirmDate: confirm, keepMatches: keep }, {
      onSuccess: ({ id }) => {
        onGone();
        say(t("cases.accepted"));
        onClose();
        void navigate({ to: "/case", search: { id } });
      },
      onError: send.failed,
    });
  }

  const field = (key: keyof Form) => ({ value: form[key], error: send.errors[key], onChange: (value: string) => set({ [key]: value }) });
  const keep = (key: string) => (send.stopped === key ? () => submit({ keep: true }) : undefined);
  const confirm = (key: string) => (send.far === key ? () => submit({ confirm: true }) : undefined);
  return (
    <Dialog title={t(from ? "cases.acceptTitle" : "cases.walkInTitle")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={accept.isPending} onClick={() => submit()}>{t("cases.accept")} Ctrl+Enter</Button>
    </>}>
      {from ? <Notice tone="grey">{t("cases.acceptFrom", { name: from.office })} {t("cases.acceptHint")}</Notice> : null}
      {continues ? <Notice tone="blue">{t("common.typedBefore")}</Notice> : null}
      <TextField {...field("title")} label={t("flow.itemTitle")} required autoFocus keep={keep("title")} />
      <TextField {...field("text")} label={t("flow.text")} required rows={3} hint={t("cases.textHint")} keep={keep("text")} />
      <div className="fields">
        <SelectField {...field("category")} label={t("flow.category")} required empty={t("cases.choose")} options={categories.map((value) => ({ value, label: code("category", value) }))} />
        <SelectField {...field("channel")} label={t("flow.channel")} options={channels.map((value) => ({ value, label: t(`cases.channel_${value}`) }))} />
        <DateField {...field("on")} label={t("cases.acceptedOn")} hint={t("flow.onHint")} confirm={confirm("on")} />
        <DateField {...field("due")} ahead label={t("cases.dueOn")} required confirm={confirm("due")} />
        <TextField {...field("unit")} label={t("flow.unit")} keep={keep("unit")} />
        <TextField {...field("person")} label={t("flow.person")} />
      </div>
      {from ? null : <CallerFields caller={caller} onChange={setCaller} />}
      {send.errors[""] ? <Notice tone="red" alert action={send.stopped === "" ? <KeepButton typed={form} onKeep={() => submit({ keep: true })} onClean={(clean) => { set(clean); send.begin({}); }} /> : null}>{send.errors[""]}</Notice> : null}
      {from ? <Mark tone="grey" glyph="lock">{t("cases.noCallerHere")}</Mark> : null}
    </Dialog>
  );
}
