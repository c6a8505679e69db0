import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { FlowLink } from "../../api/generated/FlowLink";
import type { FlowView } from "../../api/generated/FlowView";
import { DateField, Dialog, KeepButton, Notice, TextField, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { useSend } from "./useSend";

const fields = ["note", "person", "on"] as const;

/** 收下答复: what the other office answered comes into this case, in its words or in others. */
export function AnswerBackDialog({ view, link, onClose }: { view: FlowView; link: FlowLink; onClose: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const take = useCommand("case.answer_back");
  // As it was when the dialog opened: what came meanwhile was not looked at.
  const [seen] = useState(view.seen);
  const send = useSend(fields);
  const { typed: form, set, draft, done } = useTyped("answer_back", `${view.row.id} ${link.id}`, { note: link.answer?.note ?? "", person: "", on: "" });

  function submit(keep = false) {
    if (!send.begin({}) || take.isPending) return;
    take.mutate({ ...form, id: view.row.id, linked: link.id, seen, keepMatches: keep }, {
      onSuccess: () => {
        done();
        say(t("flow.done"));
        onClose();
      },
      onError: send.failed,
    });
  }

  const field = (key: keyof typeof form) => ({ value: form[key], error: send.errors[key], onChange: (value: string) => { set({ [key]: value }); send.typed(); } });
  return (
    <Dialog title={t("flow.takeAnswer")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={take.isPending} onClick={() => submit()}>{t("flow.takeAnswer")} Ctrl+Enter</Button>
    </>}>
      <TypedBefore draft={draft} />
      <p><strong>{view.row.title}</strong></p>
      <Notice tone="grey">{t("flow.takeAnswerHint")}</Notice>
      <TextField {...field("note")} label={t("flow.answerIs")} rows={3} autoFocus keep={send.stopped === "note" ? () => submit(true) : undefined} />
      <TextField {...field("person")} label={t("flow.person")} />
      <DateField {...field("on")} label={t("flow.on")} hint={t("flow.onHint")} />
      {send.errors[""] ? <Notice tone="red" alert action={send.stopped === "" ? <KeepButton typed={form} onKeep={() => submit(true)} onClean={(clean) => { set(clean); send.begin({}); }} /> : null}>{send.errors[""]}</Notice> : null}
    </Dialog>
  );
}
