import { Button } from "antd";
import { useState } from "react";
import { useCommand, useDraft } from "../../api";
import type { FlowMay } from "../../api/generated/FlowMay";
import type { FlowView } from "../../api/generated/FlowView";
import { DateField, Dialog, fieldErrors, type FieldErrors, keptAt, KeepButton, Notice, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";
import { ActField } from "./ActField";
import { type ActForm, actOf, keysOf, missingOf, startOf } from "./form";
import { nameOf } from "./names";

/** One act on a matter, as its template asks for it; what is typed is kept until it is sent. */
export function ActDialog({ view, may, onClose }: { view: FlowView; may: FlowMay; onClose: () => void }) {
  const draft = useDraft<ActForm>("flow", `${view.row.id} ${may.event}`);
  if (draft.found === undefined) return null;
  return <Act view={view} may={may} initial={draft.found ?? startOf(may, view.template, view.row)} continues={draft.found !== null} onTyped={draft.keep} onGone={draft.discard} onClose={onClose} />;
}

function Act({ view, may, initial, continues, onTyped, onGone, onClose }: {
  view: FlowView;
  may: FlowMay;
  initial: ActForm;
  continues: boolean;
  onTyped: (form: ActForm) => void;
  onGone: () => void;
  onClose: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const act = useCommand("flow.act");
  // As it was when the dialog opened: what came meanwhile was not looked at.
  const [seen] = useState(view.seen);
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);
  const [far, setFar] = useState<string | null>(null);
  const keys = keysOf(may);
  const shown = [...keys.map(({ key }) => key), "on"];
  const name = nameOf(texts, may.name);

  function set(key: string, value: string) {
    const next = { ...form, [key]: value };
    setForm(next);
    onTyped(next);
    setStopped(null);
  }

  function send({ keep = false, confirm = false } = {}) {
    const found = missingOf(may, form, t("errors.required"));
    setErrors(found);
    setStopped(null);
    setFar(null);
    if (Object.keys(found).length > 0 || act.isPending) return;
    act.mutate({ id: view.row.id, event: may.event, seen, ...actOf(may, form), on: (form["on"] ?? "").trim(), confirmDate: confirm, keepMatches: keep }, {
      onSuccess: () => {
        onGone();
        say(t("flow.done"));
        onClose();
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, shown));
        setStopped(keptAt(error, shown));
        const dto = toDto(error);
        setFar(dto.code === "date_far" ? (dto.field ?? "on") : null);
      },
    });
  }

  const confirm = (key: string) => (far === key ? () => send({ confirm: true }) : undefined);
  return (
    <Dialog title={name} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={act.isPending} onClick={() => send()}>{name} Ctrl+Enter</Button>
    </>}>
      <p><strong>{view.row.title}</strong></p>
      {continues ? <Notice tone="blue">{t("common.typedBefore")}</Notice> : null}
      {may.leadsTo !== view.row.state ? <p className="soft">{t("flow.leadsTo", { state: nameOf(texts, may.leadsToName) })}</p> : null}
      {may.apartFrom.length > 0 ? <Notice tone="grey">{t("flow.apart", { events: texts.several(may.apartFrom.map((one) => eventName(view, one)).map((one) => nameOf(texts, one))) })}</Notice> : null}
      {keys.map(({ key, needed }, n) => (
        <ActField key={key} may={may} template={view.template} name={key} needed={needed} value={form[key] ?? ""} error={errors[key]} autoFocus={n === 0}
          keep={stopped === key ? () => send({ keep: true }) : undefined} confirm={confirm(key)} onChange={(value) => set(key, value)} />
      ))}
      <DateField label={t("flow.on")} value={form["on"] ?? ""} onChange={(on) => set("on", on)} hint={t("flow.onHint")} error={errors["on"]} confirm={confirm("on")} />
      {view.row.place === "desk" ? null : <p className="soft">{t(view.row.place === "sent" && view.side === "superior" ? "flow.goesDown" : "flow.openUpHint")}</p>}
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => send({ keep: true })} onClean={(clean) => { setForm(clean); onTyped(clean); setErrors({}); setStopped(null); }} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}

function eventName(view: FlowView, event: string): string {
  return view.template?.events.find((one) => one.id === event)?.name ?? event;
}
