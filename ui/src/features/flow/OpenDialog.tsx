import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, roleOf, useCommand, useDraft, useOffice, useQuery } from "../../api";
import type { FlowTemplate } from "../../api/generated/FlowTemplate";
import { Check, Choice, DateField, Dialog, FieldError, fieldErrors, type FieldErrors, keptAt, KeepButton, Notice, TextField, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";
import { nameOf } from "./names";

type Form = Pick<Input<"flow.open">, "to" | "title" | "text" | "category" | "form" | "on" | "due" | "leader" | "person" | "unit"> & { desk: boolean };
const empty: Form = { to: [], desk: false, title: "", text: "", category: "", form: "", on: "", due: "", leader: "", person: "", unit: "" };
const fields = ["title", "text", "category", "form", "on", "due", "leader", "person", "unit", "to"] as const;

/** A new matter: of this office itself, or the same one to each of those chosen. */
export function OpenDialog({ template, part, onClose, onOpened }: {
  template: FlowTemplate;
  /** What is known of it already, such as what it belongs to. */
  part?: Partial<Input<"flow.open">>;
  onClose: () => void;
  onOpened?: (ids: string[]) => void;
}) {
  const draft = useDraft<Form>("flow_open", template.id);
  if (draft.found === undefined) return null;
  return <Open template={template} part={part ?? {}} initial={draft.found ?? { ...empty, ...pick(part ?? {}) }} continues={draft.found !== null} onTyped={draft.keep} onGone={draft.discard} onClose={onClose} onOpened={onOpened} />;
}

function pick(part: Partial<Input<"flow.open">>): Partial<Form> {
  return Object.fromEntries(Object.entries(part).filter(([key]) => key in empty)) as Partial<Form>;
}

function Open({ template, part, initial, continues, onTyped, onGone, onClose, onOpened }: {
  template: FlowTemplate;
  part: Partial<Input<"flow.open">>;
  initial: Form;
  continues: boolean;
  onTyped: (form: Form) => void;
  onGone: () => void;
  onClose: () => void;
  onOpened: ((ids: string[]) => void) | undefined;
}) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const { office } = useOffice();
  const above = roleOf(office) !== "branch";
  const tree = useQuery("org.tree", nothing, { enabled: above });
  const open = useCommand("flow.open");
  const [form, setForm] = useState(initial);
  const [whose, setWhose] = useState<"down" | "own">(above && !initial.desk ? "down" : "own");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);
  const [far, setFar] = useState<string | null>(null);
  const offices = (tree.data ?? []).flatMap((node) => (node.depth === 1 && node.id !== null && node.state === "joined" ? [{ id: node.id, name: node.name }] : []));
  const down = above && whose === "down";

  function set(next: Partial<Form>) {
    const all = { ...form, ...next };
    setForm(all);
    onTyped(all);
    setStopped(null);
  }

  function send({ keep = false, confirm = false } = {}) {
    const found: FieldErrors = {};
    if (form.title.trim() === "") found["title"] = t("errors.required");
    if (down && form.to.length === 0) found["to"] = t("dispatch.pick");
    setErrors(found);
    setStopped(null);
    setFar(null);
    if (Object.keys(found).length > 0 || open.isPending) return;
    const input = { channel: "", source: "", sourceOffice: "", group: "", ...part, ...form, to: down ? form.to : [], desk: above && !down, flow: template.id, confirmDate: confirm, keepMatches: keep };
    open.mutate(input, {
      onSuccess: ({ items }) => {
        onGone();
        say(t("flow.opened"));
        onOpened?.(items.map((one) => one.id));
        onClose();
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, fields));
        setStopped(keptAt(error, fields));
        const dto = toDto(error);
        setFar(dto.code === "date_far" ? (dto.field ?? "on") : null);
      },
    });
  }

  const field = (key: Exclude<keyof Form, "to" | "desk">) => ({
    label: t(key === "title" ? "flow.itemTitle" : `flow.${key}`), value: form[key], error: errors[key], onChange: (value: string) => set({ [key]: value }),
  });
  const text = (key: Exclude<keyof Form, "to" | "desk">) => ({ ...field(key), keep: stopped === key ? () => send({ keep: true }) : undefined });
  const confirm = (key: string) => (far === key ? () => send({ confirm: true }) : undefined);
  const name = nameOf(texts, template.name);
  return (
    <Dialog title={t("flow.openTitle", { name })} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={open.isPending} onClick={() => send()}>{down ? t("dispatch.send", { n: form.to.length }) : t("common.save")} Ctrl+Enter</Button>
    </>}>
      {continues ? <Notice tone="blue">{t("common.typedBefore")}</Notice> : null}
      <TextField {...text("title")} required autoFocus />
      <TextField {...text("text")} rows={3} />
      <div className="fields">
        <TextField {...text("category")} />
        <TextField {...text("form")} />
        <DateField {...field("on")} hint={t("flow.onHint")} confirm={confirm("on")} />
        <DateField {...field("due")} ahead confirm={confirm("due")} />
        <TextField {...text("leader")} />
        <TextField {...text("person")} />
      </div>
      {above ? (
        <>
          <Choice<"down" | "own"> label={t("flow.openWhere")} value={whose} onChange={setWhose} options={[{ value: "down", label: t("flow.openFor") }, { value: "own", label: t("flow.openHere") }]} />
          {down ? (
            <fieldset className="field" aria-describedby={errors["to"] ? "open-to-error" : undefined}>
              <legend>{t("dispatch.to")}<span className="star">*</span></legend>
              {tree.data && offices.length === 0 ? <p className="soft">{t("dispatch.noneToSend")}</p> : null}
              {offices.length > 1 ? <Check label={t("dispatch.all")} checked={form.to.length === offices.length} onChange={(on) => set({ to: on ? offices.map((one) => one.id) : [] })} /> : null}
              <div className="fields">
                {offices.map((one) => (
                  <Check key={one.id} label={one.name} checked={form.to.includes(one.id)} onChange={(on) => set({ to: on ? [...form.to, one.id] : form.to.filter((id) => id !== one.id) })} />
                ))}
              </div>
              <FieldError id="open-to-error" error={errors["to"]} />
            </fieldset>
          ) : null}
        </>
      ) : null}
      <Notice tone={down ? "blue" : "grey"}>{t(down ? "flow.openDownHint" : above ? "flow.openOwnHint" : "flow.openUpHint")}</Notice>
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => send({ keep: true })} onClean={(clean) => { set(clean); setErrors({}); }} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
