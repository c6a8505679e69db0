import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, useCommand, useDraft, useQuery } from "../../api";
import { Blank, DateField, fieldErrors, type FieldErrors, KeepButton, keptAt, Loaded, Notice, Page, SelectField, Tabs, TextField, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";
import { BelowItems } from "./BelowItems";
import { SentBatchPart } from "./SentBatchPart";
import { SentList } from "./SentList";
import { GroupDialog, UnitGroups } from "./UnitGroups";
import { UnitPicker } from "./UnitPicker";
import { type Unit, unitsOf } from "./units";

type Form = Omit<Input<"dispatch.send">, "keepMatches" | "confirmDate">;
const fields = ["to", "title", "measure", "deadline"] as const;
const empty: Form = { to: [], title: "", measure: "", deadline: "" };

const tabs = ["new", "sent", "items", "groups"] as const;

/** 交办: one item to several subordinates; what was sent, together and one by one; groups that are often addressed. */
export function DispatchScreen() {
  const { t } = useTexts();
  const draft = useDraft<Form>("dispatch", "new");
  const tree = useQuery("org.tree", nothing);
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search.tab) ?? (search.id ? "items" : "new");
  const labels = { new: t("dispatch.title"), sent: t("sent.batches"), items: t("sent.items"), groups: t("sent.groups") };
  return (
    <Page title={t("dispatch.title")} narrow={tab === "new"}>
      <Tabs label={t("dispatch.title")} value={tab} options={tabs.map((value) => ({ value, label: labels[value] }))}
        onChange={(value) => void navigate({ to: "/dispatch", search: { tab: value } })} />
      {tab === "sent" ? (search.id ? <SentBatchPart key={search.id} id={search.id} /> : <SentList />) : null}
      {tab === "items" ? <BelowItems openId={search.id ?? null} /> : null}
      {tab === "new" || tab === "groups" ? <Loaded query={tree}>
        {(nodes) => {
          const units = unitsOf(nodes);
          if (units.length === 0) return <Blank>{t("dispatch.noneToSend")}</Blank>;
          if (tab === "groups") return <UnitGroups units={units} />;
          if (draft.found === undefined) return null;
          return <DispatchForm units={units} initial={draft.found ?? empty} onTyped={draft.keep} onGone={draft.discard} />;
        }}
      </Loaded> : null}
    </Page>
  );
}

function DispatchForm({ units, initial, onTyped, onGone }: {
  units: readonly Unit[];
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
  const [stopped, setStopped] = useState<string | null>(null);
  const [far, setFar] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const groups = useQuery("dispatch.groups", nothing).data ?? [];
  const navigate = useNavigate();

  /** The offices of a group, beside those that are ticked. */
  function addGroup(id: string) {
    const group = groups.find((one) => one.id === id);
    if (!group) return;
    const next = new Set([...form.to, ...group.units.map((unit) => unit.id)]);
    set({ to: units.filter((unit) => next.has(unit.id)).map((unit) => unit.id) });
  }

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
    setStopped(null);
  }

  function submit(keepMatches = false, confirmDate = false) {
    const found: FieldErrors = {};
    if (form.to.length === 0) found["to"] = t("dispatch.pick");
    if (form.title.trim() === "") found["title"] = t("errors.required");
    if (form.deadline.trim() === "") found["deadline"] = t("errors.required");
    setErrors(found);
    setStopped(null);
    setFar(false);
    if (Object.keys(found).length > 0 || send.isPending) return;
    send.mutate({ ...form, keepMatches, confirmDate }, {
      onSuccess: (saved) => {
        onGone();
        say(t("dispatch.sent", { n: form.to.length }));
        void navigate({ to: "/dispatch", search: { tab: "sent", id: saved.id } });
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, fields));
        setStopped(keptAt(error, fields));
        setFar(toDto(error).code === "date_far");
      },
    });
  }

  const keep = (field: string) => (stopped === field ? () => submit(true) : undefined);
  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <TextField label={t("dispatch.itemTitle")} required value={form.title} onChange={(title) => set({ title })} error={errors["title"]} keep={keep("title")} />
      <TextField label={t("dispatch.measure")} rows={3} value={form.measure} onChange={(measure) => set({ measure })} error={errors["measure"]} keep={keep("measure")} />
      <DateField ahead label={t("dispatch.deadline")} required value={form.deadline} onChange={(deadline) => set({ deadline })} error={errors["deadline"]} confirm={far ? () => submit(false, true) : undefined} />
      {groups.length > 0 ? (
        <SelectField label={t("sent.useGroup")} value="" empty={t("sent.noGroup")} options={groups.map((group) => ({ value: group.id, label: `${group.name} (${group.units.length})` }))} onChange={addGroup} />
      ) : null}
      <UnitPicker units={units} to={form.to} onChange={(to) => set({ to: [...to] })} error={errors["to"]} />
      {form.to.length > 1 ? <div className="row"><Button onClick={() => setKeeping(true)}>{t("sent.keepGroup")}</Button></div> : null}
      <Notice tone="blue">{t("dispatch.leaves")}</Notice>
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => submit(true)} onClean={(clean) => { set(clean); setErrors({}); }} /> : null}>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button type="primary" htmlType="submit" loading={send.isPending}>{t("dispatch.send", { n: form.to.length })}</Button>
      </div>
      {keeping ? <GroupDialog row={null} chosen={form.to} units={units} onClose={() => setKeeping(false)} /> : null}
    </form>
  );
}
