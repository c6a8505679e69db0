import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, type Output, useBegun, useCommand, useDraft, useFresh, useRecords } from "../../api";
import type { ItemOrigin } from "../../api/generated/ItemOrigin";
import type { ItemRow } from "../../api/generated/ItemRow";
import { Choice, DateField, DeleteButton, ErrorNotice, fieldErrors, type FieldErrors, HistoryButton, KeepButton, keptAt, Mark, Notice, Page, RedactButton, TextField, toDto, type FocusWithin, useFocusWithin, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { sessionName } from "../meeting/kinds";
import { AcceptItemDialog, maySeeTo } from "./AcceptItemDialog";
import { ItemSteps } from "./ItemDecideDialog";
import { itemTones, itemWord } from "./ItemLine";

type Form = Omit<Input<"checklist.save">, "id" | "confirmDate" | "keepMatches">;
const fields = ["title", "problem", "measure", "leader", "person", "deadline"] as const;

const formOf = (row: Output<"checklist.get">): Form => ({
  title: row.title, origin: row.origin, measure: row.measure, leader: row.leader, person: row.person, deadline: row.deadline ?? "", problem: row.problem,
});

/** 本支部 and 整改: one item. */
export function ItemScreen() {
  const { id, tab } = useSearch({ strict: false });
  return <Item key={id ?? "new"} id={id} tab={tab} />;
}

function Item({ id, tab }: { id: string | undefined; tab: string | undefined }) {
  const texts = useTexts();
  const { t } = texts;
  const found = useFresh("checklist.get", { id: id ?? "" }, { enabled: id !== undefined });
  const draft = useDraft<Form>("item", id ?? "new");
  const row = id === undefined ? undefined : found.data;
  const begun = useBegun(row ? formOf(row) : null, row !== undefined && Boolean(draft.found));
  const within = useFocusWithin();
  if (id !== undefined && found.isError) return <Page title={t("checklist.formTitle")} narrow><ErrorNotice error={found.error} /></Page>;
  if (draft.found === undefined || (id !== undefined && !row)) return <Page title={t("checklist.formTitle")} narrow>{null}</Page>;
  const origin: ItemOrigin = tab === "rectification" ? "rectification" : "own";
  const clean: Form = row ? formOf(row) : { title: "", origin, measure: "", leader: "", person: "", deadline: "", problem: "" };
  return (
    <Page title={t("checklist.formTitle")} narrow actions={id ? <><HistoryButton id={id} /><DeleteButton id={id} to="/checklists" /><RedactButton id={id} /></> : null}>
      {row?.session ? <p>{t("tasks.from")} <Link to="/meeting" search={{ id: row.session.id }}>{sessionName(texts, row.session)}</Link></p> : null}
      {row && (row.progress.length > 0 || row.decisions.length > 0) ? <Standing row={row} /> : null}
      {begun.elsewhere ? <Notice tone="yellow">{t("common.changedElsewhere")}</Notice> : null}
      <ItemForm key={begun.name} id={id ?? null} within={within} initial={draft.found ?? clean} continues={draft.found !== null} onTyped={(form) => { begun.typed(); draft.keep(form); }} onGone={() => { begun.done(); draft.discard(); }} />
    </Page>
  );
}

/** Where it stands and what was done; 验收 where it is a rectification that was done. */
function Standing({ row }: { row: ItemRow }) {
  const { t } = useTexts();
  const records = useRecords();
  const [accepts, setAccepts] = useState(false);
  return (
    <section className="card stack tight" aria-label={t("checklist.state")}>
      <div className="row apart">
        <Mark tone={itemTones[row.state]} glyph={row.finished ? "check" : "info"}>{t(itemWord(row))}</Mark>
        {records && maySeeTo(row) ? <Button onClick={() => setAccepts(true)}>{t("checklist.acceptOwn")}</Button> : null}
      </div>
      <ItemSteps row={row} />
      {accepts ? <AcceptItemDialog row={row} onClose={() => setAccepts(false)} /> : null}
    </section>
  );
}

function ItemForm({ id, within, initial, continues, onTyped, onGone }: {
  id: string | null;
  within: FocusWithin;
  initial: Form;
  continues: boolean;
  onTyped: (form: Form) => void;
  onGone: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const say = useToast();
  const save = useCommand("checklist.save");
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [farDate, setFarDate] = useState(false);
  const [stopped, setStopped] = useState<{ at: string; keep: () => void } | null>(null);

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
    setStopped(null);
  }

  // Where no field shows it, what is wrong stands at the foot.
  const shown = fields.filter((field) => field !== "problem" || form.origin === "rectification");

  function submit(confirmDate = false, keepMatches = false) {
    const found: FieldErrors = {};
    for (const field of ["title", "person", "deadline"] as const) if (form[field].trim() === "") found[field] = t("errors.required");
    setErrors(found);
    setStopped(null);
    if (Object.keys(found).length > 0 || save.isPending) return;
    save.mutate({ ...form, id, confirmDate, keepMatches }, {
      onSuccess: () => {
        onGone();
        say(t("common.saved"));
        void navigate({ to: "/checklists", search: { tab: form.origin } });
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, shown));
        setFarDate(toDto(error).code === "date_far");
        const at = keptAt(error, shown);
        setStopped(at === null ? null : { at, keep: () => submit(confirmDate, true) });
      },
    });
  }
  useShortcuts({ "Ctrl+Enter": { label: "common.save", act: () => submit() } });

  const text = (field: (typeof fields)[number]) => ({
    label: t(field === "title" ? "checklist.itemTitle" : `checklist.${field}`),
    value: form[field],
    error: errors[field],
    keep: stopped?.at === field ? stopped.keep : undefined,
    onChange: (value: string) => set({ [field]: value }),
  });

  return (
    <form className="card stack" {...within.watch} onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {continues ? <Notice tone="blue">{t("common.typedBefore")}</Notice> : null}
      <Choice<ItemOrigin> label={t("checklist.origin")} required value={form.origin} onChange={(origin) => set({ origin })}
        options={(["own", "rectification"] as const).map((value) => ({ value, label: t(`checklist.${value}`) }))} />
      <TextField {...text("title")} required autoFocus={within.has} />
      {form.origin === "rectification" ? <TextField {...text("problem")} rows={2} /> : null}
      <TextField {...text("measure")} rows={2} />
      <div className="fields">
        <TextField {...text("leader")} />
        <TextField {...text("person")} required />
        <DateField {...text("deadline")} ahead required confirm={farDate ? () => { setFarDate(false); submit(true); } : undefined} />
      </div>
      {errors[""] ? <Notice tone="red" alert action={stopped?.at === "" ? <KeepButton typed={form} onKeep={stopped.keep} onClean={(clean) => { set(clean); setErrors({}); }} /> : null}>{errors[""]}</Notice> : null}
      <div className="row end">
        <span className="soft grow">{t("common.secretHint")}</span>
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("common.save")} Ctrl+Enter</Button>
      </div>
    </form>
  );
}
