import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { type Input, useAsk, useCommand, useFresh } from "../../api";
import type { SessionView } from "../../api/generated/SessionView";
import type { VoteRow } from "../../api/generated/VoteRow";
import type { VoteRule } from "../../api/generated/VoteRule";
import { Check, Choice, DeleteButton, fieldErrors, type FieldErrors, HistoryButton, KeepButton, keptAt, Loaded, Notice, Page, TextField, TypedBefore, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { Candidates } from "./Candidates";
import { Exclusions } from "./Exclusions";
import { sessionName } from "./kinds";
import { emptyVote, formOfVote, inputOfVote, isSecret, type VoteForm, voteRules } from "./vote-form";
import { VoteLight } from "./VoteLight";
import { ChoiceLine } from "./VotesPart";
import "./plan.css";

/** 表决: one vote of a session, with the light before it and what the numbers say. */
export function VoteScreen() {
  const { t } = useTexts();
  const { id, session } = useSearch({ strict: false });
  const view = useFresh("meeting.get", { id: session ?? "" }, { enabled: session !== undefined });
  const votes = useFresh("vote.list", { id: session ?? "" }, { enabled: session !== undefined });
  return (
    <Page title={t("vote.formTitle")} narrow actions={id ? <><HistoryButton id={id} /><DeleteButton id={id} to="/meetings" /></> : null}>
      <Loaded query={view}>
        {(found) => (
          <Loaded query={votes}>
            {(rows) => {
              const row = rows.find((one) => one.id === id);
              return <Form key={id ?? "new"} id={row?.id ?? null} view={found} initial={row ? formOfVote(row) : startOf(found)} />;
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

/** A committee's vote in a meeting of the committee alone. */
const startOf = (view: SessionView): VoteForm =>
  view.row.kinds.length === 1 && view.row.kinds[0] === "committee_meeting" ? { ...emptyVote, rule: "committee" } : emptyVote;

function Form({ id, view, initial }: { id: string | null; view: SessionView; initial: VoteForm }) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const say = useToast();
  const save = useCommand("vote.save");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);
  const session = view.row.id;
  const { typed: form, set: setForm, draft, done } = useTyped<VoteForm>("vote", `${session} ${id ?? "new"}`, initial);
  const seen = useChecked(form, session, id);
  const set = (part: Partial<VoteForm>) => {
    setForm(part);
    setErrors({});
    setStopped(null);
  };

  const fields = ["subject", "returned", "choices", ...form.choices.flatMap((_, at) => [`choices.${at}.name`, `choices.${at}.inFavour`])];
  function submit(keepMatches = false) {
    if (save.isPending) return;
    save.mutate(inputOfVote(form, session, id, keepMatches), {
      onSuccess: () => {
        done();
        say(t("common.saved"));
        void navigate({ to: "/meeting", search: { id: session } });
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, fields));
        setStopped(keptAt(error, fields));
      },
    });
  }
  useShortcuts({ "Ctrl+Enter": { label: "common.save", act: () => submit() } });
  const number = (field: "issued" | "returned" | "writtenFor" | "writtenAgainst") => ({
    label: t(`vote.${field}`), value: form[field], inputMode: "numeric" as const, error: errors[field],
    onChange: (value: string) => set({ [field]: value }),
  });

  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <p><Link to="/meeting" search={{ id: session }}>{t("vote.back")}</Link> <span className="soft">{sessionName(texts, view.row)}</span></p>
      <TypedBefore draft={draft} />
      <div className="card stack">
        <Choice<VoteRule> label={t("vote.rule")} required value={form.rule} onChange={(rule) => set({ rule })}
          options={voteRules.map((value) => ({ value, label: t(`vote.${value}`) }))} />
        <TextField label={t("vote.subject")} required value={form.subject} error={errors["subject"]} autoFocus
          keep={stopped === "subject" ? () => submit(true) : undefined} onChange={(subject) => set({ subject })} />
        {isSecret(form.rule) ? <p className="soft">{t("vote.secretAlways")}</p> : <Check label={t("vote.secret")} checked={form.secret} onChange={(secret) => set({ secret })} />}
        {form.rule === "election" ? <Exclusions form={form} roll={view.roll} onChange={set} /> : null}
        {form.rule === "admission" ? (
          <>
            <div className="fields"><TextField {...number("writtenFor")} /><TextField {...number("writtenAgainst")} /></div>
            <p className="soft">{t("vote.writtenHint")}</p>
          </>
        ) : null}
      </div>
      {seen ? <div className="card"><VoteLight quorum={seen.quorum} /></div> : null}
      <div className="card stack">
        <p className="soft">{t("vote.numbers")}</p>
        {form.secret || isSecret(form.rule) ? <div className="fields"><TextField {...number("issued")} /><TextField {...number("returned")} /></div> : null}
        <Candidates form={form} errors={errors} onChange={(choices) => set({ choices })} />
        {seen && seen.choices.some((one) => one.inFavour !== null) ? (
          <ul className="stack tight" role="status">{seen.choices.map((choice, at) => <ChoiceLine key={at} choice={choice} needed={seen.quorum.neededToPass} dropped={false} />)}</ul>
        ) : null}
      </div>
      {errors[""] || errors["choices"] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => submit(true)} onClean={set} /> : null}>{errors[""] ?? errors["choices"]}</Notice> : null}
      <div className="row end">
        <span className="soft grow">{t("common.secretHint")}</span>
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("common.save")} Ctrl+Enter</Button>
      </div>
    </form>
  );
}

/** What the node says of the vote as it is typed. */
function useChecked(form: VoteForm, session: string, id: string | null): VoteRow | null {
  const ask = useAsk();
  const [seen, setSeen] = useState<VoteRow | null>(null);
  const named = { ...form, choices: form.choices.map((one) => (one.name.trim() || !isSecret(form.rule) ? one : { ...one, name: "—" })) };
  const typed = JSON.stringify(inputOfVote(named, session, id, false));
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => {
      ask("vote.check", JSON.parse(typed) as Input<"vote.check">).then((row) => stale || setSeen(row), () => undefined);
    }, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
    // A new answer only for what was typed anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed]);
  return seen;
}
