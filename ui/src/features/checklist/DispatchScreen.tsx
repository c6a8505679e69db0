import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, useCommand, useDraft, useQuery } from "../../api";
import { Blank, Check, DateField, FieldError, fieldErrors, type FieldErrors, Loaded, Notice, Page, Tabs, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { BelowItems } from "./BelowItems";

type Form = Input<"dispatch.send">;
const empty: Form = { to: [], title: "", measure: "", deadline: "" };

/** 交办: one item to several subordinates. */
export function DispatchScreen() {
  const { t } = useTexts();
  const draft = useDraft<Form>("dispatch", "new");
  const tree = useQuery("org.tree", nothing);
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = search.tab === "sent" || search.id ? "sent" : "new";
  return (
    <Page title={t("dispatch.title")} narrow={tab === "new"}>
      <Tabs label={t("dispatch.title")} value={tab} options={[{ value: "new", label: t("dispatch.title") }, { value: "sent", label: t("dispatch.sentTab") }]}
        onChange={(value) => void navigate({ to: "/dispatch", search: { tab: value } })} />
      {tab === "sent" ? <BelowItems openId={search.id ?? null} /> : <Loaded query={tree}>
        {(nodes) => {
          const offices = nodes.flatMap((node) => (node.depth === 1 && node.state === "joined" && node.id !== null ? [{ id: node.id, name: node.name }] : []));
          if (offices.length === 0) return <Blank>{t("dispatch.noneToSend")}</Blank>;
          if (draft.found === undefined) return null;
          return <DispatchForm offices={offices} initial={draft.found ?? empty} onTyped={draft.keep} onGone={draft.discard} />;
        }}
      </Loaded>}
    </Page>
  );
}

function DispatchForm({ offices, initial, onTyped, onGone }: {
  offices: readonly { id: string; name: string }[];
  initial: Form;
  onTyped: (form: Form) => void;
  onGone: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const send = useCommand("dispatch.send");
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
  }

  function submit() {
    const found: FieldErrors = {};
    if (form.to.length === 0) found["to"] = t("dispatch.pick");
    if (form.title.trim() === "") found["title"] = t("errors.required");
    if (form.deadline.trim() === "") found["deadline"] = t("errors.required");
    setErrors(found);
    if (Object.keys(found).length > 0 || send.isPending) return;
    send.mutate(form, {
      onSuccess: () => {
        onGone();
        say(t("dispatch.sent", { n: form.to.length }));
        setForm(empty);
      },
      onError: (error) => setErrors(fieldErrors(texts, error, ["to", "title", "measure", "deadline"])),
    });
  }

  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <TextField label={t("dispatch.itemTitle")} required value={form.title} onChange={(title) => set({ title })} error={errors["title"]} />
      <TextField label={t("dispatch.measure")} rows={3} value={form.measure} onChange={(measure) => set({ measure })} error={errors["measure"]} />
      <DateField label={t("dispatch.deadline")} required value={form.deadline} onChange={(deadline) => set({ deadline })} error={errors["deadline"]} />
      <fieldset className="field" aria-describedby={errors["to"] ? "dispatch-to-error" : undefined}>
        <legend>{t("dispatch.to")}<span className="star">*</span></legend>
        <Check label={t("dispatch.all")} checked={form.to.length === offices.length}
          onChange={(on) => set({ to: on ? offices.map((office) => office.id) : [] })} />
        <div className="fields">
          {offices.map((office) => (
            <Check key={office.id} label={office.name} checked={form.to.includes(office.id)}
              onChange={(on) => set({ to: on ? [...form.to, office.id] : form.to.filter((id) => id !== office.id) })} />
          ))}
        </div>
        <FieldError id="dispatch-to-error" error={errors["to"]} />
      </fieldset>
      <Notice tone="blue">{t("dispatch.leaves")}</Notice>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button type="primary" htmlType="submit" loading={send.isPending}>{t("dispatch.send", { n: form.to.length })}</Button>
      </div>
    </form>
  );
}
