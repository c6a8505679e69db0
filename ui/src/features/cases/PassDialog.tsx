import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, useCommand, useDraft, useOffice, useQuery } from "../../api";
import type { FlowView } from "../../api/generated/FlowView";
import { Choice, DateField, Dialog, type FieldErrors, KeepButton, Notice, SeenAbove, SelectField, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { categoryName } from "../flow/names";
import { useSend } from "./useSend";

type Form = Pick<Input<"case.pass">, "way" | "to" | "title" | "text" | "on" | "due" | "person" | "unit">;
const fields = ["way", "to", "title", "text", "on", "due", "person", "unit"] as const;

/** 上交, 下交: a case of its own is made of what stands in the blue frame, and of nothing else. */
export function PassDialog({ view, onClose }: { view: FlowView; onClose: () => void }) {
  const draft = useDraft<Form>("case_pass", view.row.id);
  const tree = useQuery("org.tree", nothing);
  if (draft.found === undefined || tree.isPending) return null;
  const below = (tree.data ?? []).flatMap((node) => (node.depth === 1 && node.id !== null && node.state === "joined" ? [{ value: node.id, label: node.name }] : []));
  const clean: Form = { way: below.length > 0 ? "down" : "up", to: "", title: view.row.title, text: view.row.text, on: "", due: "", person: "", unit: "" };
  return <Pass view={view} below={below} initial={draft.found ?? clean} continues={draft.found !== null} onTyped={draft.keep} onGone={draft.discard} onClose={onClose} />;
}

function Pass({ view, below, initial, continues, onTyped, onGone, onClose }: {
  view: FlowView;
  below: readonly { value: string; label: string }[];
  initial: Form;
  continues: boolean;
  onTyped: (form: Form) => void;
  onGone: () => void;
  onClose: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const { office } = useOffice();
  const pass = useCommand("case.pass");
  // As it was when the dialog opened: what came meanwhile was not looked at.
  const [seen] = useState(view.seen);
  const send = useSend(fields);
  const [form, setForm] = useState(initial);
  const superior = office?.superior ?? null;
  const down = form.way === "down";

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
    send.typed();
  }

  function submit({ keep = false, confirm = false } = {}) {
    const missing: FieldErrors = {};
    for (const key of ["title", "text", "due"] as const) if (form[key].trim() === "") missing[key] = t("errors.required");
    if (down && form.to === "") missing["to"] = t("cases.passPick");
    if (!down && superior === null) missing["way"] = t("cases.passNoSuperior");
    if (!send.begin(missing) || pass.isPending) return;
    pass.mutate({ ...form, to: down ? form.to : "", person: down ? form.person : "", id: view.row.id, seen, confirmDate: confirm, keepMatches: keep }, {
      onSuccess: () => {
        onGone();
        say(t("cases.passed"));
        onClose();
      },
      onError: send.failed,
    });
  }

  const field = (key: keyof Form) => ({ value: form[key], error: send.errors[key], onChange: (value: string) => set({ [key]: value }) });
  const keep = (key: string) => (send.stopped === key ? () => submit({ keep: true }) : undefined);
  const confirm = (key: string) => (send.far === key ? () => submit({ confirm: true }) : undefined);
  const to = down ? (below.find((one) => one.value === form.to)?.label ?? "…") : (superior ?? "…");
  return (
    <Dialog title={t("cases.passTitle")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={pass.isPending} onClick={() => submit()}>{t("cases.passSend")} Ctrl+Enter</Button>
    </>}>
      {continues ? <Notice tone="blue">{t("common.typedBefore")}</Notice> : null}
      <Choice label={t("cases.way")} required value={form.way} error={send.errors["way"]} onChange={(way) => set({ way })}
        options={[...(below.length > 0 ? [{ value: "down", label: t("cases.way_down") }] : []), { value: "up", label: t("cases.way_up") }]} />
      {down ? <SelectField {...field("to")} label={t("cases.passTo")} required empty={t("cases.choose")} options={below} /> : null}
      <TextField {...field("title")} label={t("flow.itemTitle")} required keep={keep("title")} />
      <TextField {...field("text")} label={t("flow.text")} required rows={3} hint={t("cases.textHint")} keep={keep("text")} />
      <div className="fields">
        <DateField {...field("due")} ahead label={t("cases.answerBy")} required confirm={confirm("due")} />
        <DateField {...field("on")} label={t("flow.on")} hint={t("flow.onHint")} confirm={confirm("on")} />
        {down ? <TextField {...field("person")} label={t("cases.passPerson")} hint={t("cases.passPersonHint")} /> : null}
        {down ? <TextField {...field("unit")} label={t("flow.unit")} /> : null}
      </div>
      <section className="seen-above stack tight" aria-label={t("cases.passPreview")}>
        <SeenAbove>{t("cases.passSees", { name: to })}</SeenAbove>
        <dl className="flow-facts">
          <dt>{t("flow.itemTitle")}</dt><dd>{form.title}</dd>
          <dt>{t("flow.text")}</dt><dd className="prose">{form.text}</dd>
          <dt>{t("flow.category")}</dt><dd>{categoryName(texts, view.row.category)}</dd>
          <dt>{t("cases.answerBy")}</dt><dd>{form.due || "—"}</dd>
          {down && form.person.trim() ? <><dt>{t("flow.person")}</dt><dd>{form.person}</dd></> : null}
          {down && form.unit.trim() ? <><dt>{t("flow.unit")}</dt><dd>{form.unit}</dd></> : null}
          <dt>{t("cases.passCites")}</dt><dd>{t("cases.passCitesWhat", { name: view.row.officeName })}</dd>
        </dl>
      </section>
      <Notice tone="grey">{t("cases.passNot")}</Notice>
      {send.errors[""] ? <Notice tone="red" alert action={send.stopped === "" ? <KeepButton typed={form} onKeep={() => submit({ keep: true })} onClean={(clean) => { set(clean); send.begin({}); }} /> : null}>{send.errors[""]}</Notice> : null}
    </Dialog>
  );
}
