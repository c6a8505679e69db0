import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, nothing, useBegun, useCommand, useDraft, useFresh, useOffice, useQuery } from "../../api";
import type { SessionKind } from "../../api/generated/SessionKind";
import type { SessionView } from "../../api/generated/SessionView";
import { Check, Chips, DateField, DeleteButton, fieldErrors, type FieldErrors, HistoryButton, Notice, Page, TextField, toDto, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { TextsPart } from "../conflict";
import { SheetLink } from "../sheet";
import { MeetingParts } from "./MeetingParts";
import { MergedNotice } from "./MergedNotice";
import { TwicePart } from "./TwicePart";
import { check, emptyMeeting, errorFields, formOf, inputOf, type MeetingForm, rollOf } from "./form";
import { RerollNotice } from "./Reroll";
import { sessionKinds, withHours } from "./kinds";

/** A session: kind, date, place, chair, topic, minutes. Who is due is written into it when it is made. */
export function MeetingScreen() {
  const { id, tab } = useSearch({ strict: false });
  return <Meeting key={id ?? "new"} id={id} tab={tab} />;
}

function Meeting({ id, tab }: { id: string | undefined; tab: string | undefined }) {
  const { t } = useTexts();
  const { overview, declaredToday } = useOffice();
  const settings = useQuery("settings.get", nothing);
  const view = useFresh("meeting.get", { id: id ?? "" }, { enabled: id !== undefined });
  const draft = useDraft<MeetingForm>("meeting", id ?? "new");
  /** How often what was typed before was given up for the record as it is. */
  const [round, setRound] = useState(0);
  const found = round === 0 ? draft.found : null;
  const begun = useBegun(view.data ? formOf(view.data) : null, view.data !== undefined && Boolean(found));
  if (draft.found === undefined || !settings.data || (id !== undefined && !view.data)) return <Page title={t("meeting.formTitle")} narrow>{null}</Page>;
  const date = overview?.clockPlausible ? overview.today : declaredToday;
  const kind = sessionKinds.find((one) => one === tab) ?? null;
  const clean = view.data ? formOf(view.data) : emptyMeeting(kind, date, settings.data.recorder);
  return (
    <Page title={t("meeting.formTitle")} narrow actions={id ? <><SheetLink kind="meetings" id={id} /><HistoryButton id={id} /><DeleteButton id={id} to="/meetings" /></> : null}>
      {view.data ? <Looked view={view.data} /> : null}
      {view.data ? <RerollNotice view={view.data} /> : null}
      {begun.elsewhere ? <Notice tone="yellow">{t("common.changedElsewhere")}</Notice> : null}
      <Form key={`${round} ${begun.name}`} id={id ?? null} before={view.data ? formOf(view.data) : null} initial={{ ...clean, ...found }}
        continues={found !== null} onTyped={(form) => { begun.typed(); draft.keep(form); }} onGone={() => { begun.done(); draft.discard(); }}
        onStartOver={() => {
          draft.discard();
          begun.again();
          setRound(round + 1);
        }} />
      {view.data ? <MeetingParts view={view.data} /> : null}
    </Page>
  );
}

/** What somebody should look at before writing on: merged, perhaps entered twice, texts put together. */
function Looked({ view }: { view: SessionView }) {
  return (
    <>
      <MergedNotice row={view.row} />
      <TwicePart of={view.row.id} />
      <TextsPart of={view.row.id} />
    </>
  );
}

function Form({ id, before, initial, continues, onTyped, onGone, onStartOver }: {
  id: string | null;
  before: MeetingForm | null;
  initial: MeetingForm;
  continues: boolean;
  onTyped: (form: MeetingForm) => void;
  onGone: () => void;
  onStartOver: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const say = useToast();
  const save = useCommand("meeting.save");
  const members = useQuery("member.list", listInput({ limit: 200 }));
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [farDate, setFarDate] = useState(false);
  const [reroll, setReroll] = useState(false);
  const other = before !== null && rollOf(before) !== rollOf(form);
  const names = members.data?.rows.map((row) => row.name) ?? [];
  const groups = [...new Set(members.data?.rows.map((row) => row.group).filter((group) => group !== null) ?? [])];

  function set(part: Partial<MeetingForm>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
  }

  function submit(toRoll: boolean, confirmDate = false) {
    const found = check(form, texts);
    setErrors(found);
    if (Object.keys(found).length > 0 || save.isPending) return;
    save.mutate(inputOf(form, id, before, { confirmDate, reroll: other && reroll }), {
      onSuccess: (saved) => {
        onGone();
        say(saved.late ? t("common.savedLate") : t("common.saved"));
        void navigate(toRoll ? { to: "/roll", search: { id: saved.id } } : { to: "/meetings" });
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, errorFields));
        setFarDate(toDto(error).code === "date_far");
      },
    });
  }

  useShortcuts({ "Ctrl+Enter": { label: "keys.saveRoll", act: () => submit(true) } });
  const text = (field: Exclude<keyof MeetingForm, "kinds">) => ({
    label: field === "talks" || field === "problems" || field === "measures" ? t(`life.${field}`) : t(`meeting.${field}`),
    value: form[field],
    error: errors[field],
    onChange: (value: string) => set({ [field]: value }),
  });

  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); submit(false); }}>
      {continues ? (
        <Notice tone="blue" action={<Button onClick={onStartOver}>{t("common.startOver")}</Button>}>{t("common.typedBefore")}</Notice>
      ) : null}
      <div className="card stack">
        <Chips label={t("meeting.kinds")} required values={form.kinds} error={errors["kinds"]}
          onToggle={(value) => set({ kinds: toggle(form.kinds, value as SessionKind) })}
          options={sessionKinds.map((value) => ({ value, label: t(`meeting.${value}`) }))} />
        <div className="fields">
          <DateField {...text("date")} required confirm={farDate ? () => { setFarDate(false); submit(false, true); } : undefined} />
          <TextField {...text("start")} hint={t("meeting.startHint")} />
          <TextField {...text("place")} />
          <TextField {...text("chair")} list={names} />
          <TextField {...text("recorder")} list={names} />
          {form.kinds.includes("group_meeting") ? <TextField {...text("group")} list={groups} /> : null}
          {withHours.some((kind) => form.kinds.includes(kind)) ? (
            <TextField {...text("hours")} hint={t("meeting.hoursHint")} inputMode="decimal" />
          ) : null}
        </div>
        {other ? <Check label={t("meeting.rerollWith")} checked={reroll} onChange={setReroll} /> : null}
        <TextField {...text("topic")} />
        <TextField {...text("minutes")} rows={5} />
        {form.kinds.includes("organization_life") ? (
          <>
            <TextField {...text("talks")} hint={t("life.talksHint")} inputMode="numeric" />
            <TextField {...text("problems")} rows={3} />
            <TextField {...text("measures")} rows={3} />
          </>
        ) : null}
        <TextField {...text("resolution")} rows={3} />
      </div>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end">
        <span className="soft grow">{t("common.secretHint")}</span>
        <Button type="primary" onClick={() => submit(true)} loading={save.isPending}>{t("meeting.saveRoll")} Ctrl+Enter</Button>
        <Button htmlType="submit">{t("common.save")}</Button>
      </div>
    </form>
  );
}

function toggle(kinds: readonly SessionKind[], kind: SessionKind): SessionKind[] {
  return kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind];
}
