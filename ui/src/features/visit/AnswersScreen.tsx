import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useList, useOffice, useQuery } from "../../api";
import type { ConcernState } from "../../api/generated/ConcernState";
import { Choice, DateField, Dialog, fieldErrors, type FieldErrors, KeepButton, keptAt, Loaded, Notice, Paged, SelectField, TextField, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { AcceptDialog, type Taken } from "../cases/AcceptDialog";
import { TakeIn } from "../cases/TakeIn";
import { useTyped } from "../member/typed";
import { ConcernRow, concernStates } from "./ConcernRow";
import { ConcernTrail } from "./ConcernTrail";
import "./visit.css";

const outcomes = ["answered", "handling", "declined"] as const;
type Outcome = (typeof outcomes)[number];

/** What the branches handed in, and the answers that go back to them. */
export function HandedIn() {
  const { t } = useTexts();
  const search = useSearch({ strict: false });
  const { year } = useOffice();
  const [text, setText] = useState(search.text ?? "");
  const [state, setState] = useState<ConcernState | "open" | "">("open");
  const [open, setOpen] = useState<string | null>(search.id ?? null);
  const [taking, setTaking] = useState<Taken | null>(null);
  const list = useList("answer.list", { year, office: search.office ?? null, text: text.trim() || null, state: state || null, offset: 0, limit: 0 });
  const states = concernStates.filter((one) => one !== "kept");
  return (
    <>
      <div className="fields">
        <TextField label={t("concern.filter")} value={text} onChange={setText} />
        <SelectField<ConcernState | "open"> label={t("common.state")} value={state} onChange={setState} empty={t("common.all")}
          options={[{ value: "open", label: t("concern.open") }, ...states.map((value) => ({ value, label: t(`concern.${value}`) }))]} />
      </div>
      <Paged list={list}>{(row) => <ConcernRow key={row.id} row={row} office onOpen={() => setOpen(row.id)} />}</Paged>
      {open !== null ? <AnswerDialog id={open} onClose={() => setOpen(null)} onTake={(taken) => { setOpen(null); setTaking(taken); }} /> : null}
      {taking ? <AcceptDialog from={taking} onClose={() => setTaking(null)} /> : null}
    </>
  );
}

function AnswerDialog({ id, onClose, onTake }: { id: string; onClose: () => void; onTake: (taken: Taken) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const concern = useQuery("answer.get", { id });
  const answer = useCommand("answer.save");
  const { typed: form, set, draft, done } = useTyped<{ text: string; state: Outcome; unit: string; on: string }>("answer", id, { text: "", state: "answered", unit: "", on: "" });
  const [missing, setMissing] = useState(false);
  const stopped = answer.isError ? keptAt(answer.error, ["text", "unit", "on"]) : null;
  const errors: FieldErrors = answer.isError ? fieldErrors(texts, answer.error, ["text", "unit", "on"]) : {};
  const answerable = concern.data?.answerable ?? false;

  // Once it is here, so that the focus starts where one decides.
  if (concern.isPending) return null;

  function save(keepMatches = false) {
    setMissing(form.text.trim() === "");
    if (form.text.trim() === "") return;
    answer.mutate({ ...form, id, text: form.text.trim(), keepMatches }, { onSuccess: () => { done(); say(t("concern.answered_ok")); onClose(); } });
  }

  const keep = (field: string) => (stopped === field ? () => save(true) : undefined);
  return (
    <Dialog title={t("concern.title")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.close")}</Button>
        {concern.data ? <TakeIn source={id} onTake={() => concern.data && onTake({ id, office: concern.data.officeName, text: concern.data.text, category: concern.data.category })} /> : null}
        {answerable ? <Button type="primary" onClick={() => save()} loading={answer.isPending}>{t("concern.answer")}</Button> : null}
      </>}>
      <Loaded query={concern}>
        {(row) => (
          <>
            <p><strong>{row.officeName}</strong></p>
            <ConcernTrail row={row} />
            {answerable ? (
              <>
                <TypedBefore draft={draft} />
                {row.answeredWith.length > 0 ? <Notice tone="blue">{t("alike.answeredToo", { offices: texts.several(row.answeredWith) })}</Notice> : null}
                <Choice<Outcome> label={t("concern.answerState")} value={form.state} onChange={(state) => set({ state })}
                  options={outcomes.map((value) => ({ value, label: texts.code("concern", value === "answered" ? "answer" : value) }))} />
                <TextField label={t("concern.answerText")} required rows={3} value={form.text} onChange={(text) => set({ text })}
                  hint={t("concern.answerHint")} error={missing ? t("errors.required") : errors["text"]} keep={keep("text")} />
                <TextField label={t("concern.answerUnit")} value={form.unit} onChange={(unit) => set({ unit })} error={errors["unit"]} keep={keep("unit")} />
                <DateField label={t("concern.on")} value={form.on} onChange={(on) => set({ on })} hint={t("concern.onHint")} error={errors["on"]} />
                {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={form} onKeep={() => save(true)} onClean={(clean) => { set(clean); answer.reset(); }} /> : null}>{errors[""]}</Notice> : null}
              </>
            ) : null}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
