import { Button } from "antd";
import { useEffect, useState } from "react";
import { useAsk, useCommand } from "../../api";
import type { CasePrivate } from "../../api/generated/CasePrivate";
import type { FlowView } from "../../api/generated/FlowView";
import { Check, DateField, Dialog, ErrorNotice, type FieldErrors, Mark, Notice, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useSend } from "./useSend";

const fields = ["on", "person", "note", "confirmed"] as const;

/** 随单告知: who asked goes to the one branch that handles the case, after it was shown what goes and to whom. */
export function TellDialog({ view, onClose }: { view: FlowView; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const ask = useAsk();
  const tell = useCommand("case.tell");
  // As it was when the dialog opened: what came meanwhile was not looked at.
  const [seen] = useState(view.seen);
  const send = useSend(fields);
  const [known, setKnown] = useState<CasePrivate | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [form, setForm] = useState({ on: "", person: "", note: "", phone: false, address: false, confirmed: false });
  // Who asked is kept with the case among this office's papers, from which the linked one was made.
  const { id, source } = view.row;
  const caller = known?.caller ?? null;

  useEffect(() => {
    let gone = false;
    ask("case.private", { id: source }).then((found) => gone || setKnown(found), (error: unknown) => gone || setFailed(error));
    return () => {
      gone = true;
    };
    // Opened once: each time is a line of the log.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [source]);

  function submit() {
    const missing: FieldErrors = {};
    for (const key of ["person", "note"] as const) if (form[key].trim() === "") missing[key] = t("errors.required");
    if (!form.confirmed) missing["confirmed"] = t("cases.tellNeedsConfirm");
    if (!send.begin(missing) || tell.isPending) return;
    tell.mutate({ ...form, id, seen }, {
      onSuccess: () => {
        say(t("cases.told"));
        onClose();
      },
      onError: send.failed,
    });
  }

  if (known === null && failed === null) return null;
  return (
    <Dialog title={t("cases.tellTitle")} open onClose={onClose} footer={<>
      <Button onClick={onClose} data-first>{t("common.cancel")}</Button>
      {caller ? <Button danger loading={tell.isPending} onClick={submit}>{t("cases.tellSend")}</Button> : null}
    </>}>
      <Notice tone="yellow">{t("cases.tellWarn", { name: view.row.officeName })}</Notice>
      {failed === null ? null : <ErrorNotice error={failed} />}
      {known?.closed ? <p>{t("cases.callerClosed")}</p> : null}
      {known && !caller && !known.closed ? <p>{t("cases.callerNone")}</p> : null}
      {caller ? (
        <>
          <section className="private-words stack tight" aria-label={t("cases.tellWho")}>
            <div className="row"><strong>{t("cases.tellWho")}</strong><Mark tone="yellow" glyph="eye">{view.row.officeName}</Mark></div>
            <p>{texts.pair(t("cases.callerName"), caller.name || "—")}</p>
            {caller.phone ? <Check label={texts.pair(t("cases.callerPhone"), caller.phone)} checked={form.phone} onChange={(phone) => setForm({ ...form, phone })} /> : null}
            {caller.address ? <Check label={texts.pair(t("cases.callerAddress"), caller.address)} checked={form.address} onChange={(address) => setForm({ ...form, address })} /> : null}
          </section>
          <TextField label={t("cases.tellReason")} required rows={2} value={form.note} onChange={(note) => setForm({ ...form, note })} error={send.errors["note"]} hint={t("cases.tellReasonHint")} />
          <TextField label={t("cases.tellPerson")} required value={form.person} onChange={(person) => setForm({ ...form, person })} error={send.errors["person"]} />
          <DateField label={t("flow.on")} value={form.on} onChange={(on) => setForm({ ...form, on })} hint={t("flow.onHint")} error={send.errors["on"]} />
          <div>
            <Check label={t("cases.tellConfirm")} checked={form.confirmed} onChange={(confirmed) => setForm({ ...form, confirmed })} />
            {send.errors["confirmed"] ? <Notice tone="red" alert>{send.errors["confirmed"]}</Notice> : null}
          </div>
          {send.errors[""] ? <Notice tone="red" alert>{send.errors[""]}</Notice> : null}
        </>
      ) : null}
    </Dialog>
  );
}
