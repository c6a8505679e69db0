import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useOffice, useQuery } from "../../api";
import type { CareRow } from "../../api/generated/CareRow";
import { Dialog, fieldErrors, type FieldErrors, Loaded, Lock, Mark, More, Notice, SelectField, TextField, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { AidPart } from "./AidPart";
import { isMember, kindsOfWhom } from "./ConsolationFields";
import { type Chosen, SubjectField } from "./SubjectField";

/** 慰问: the next occasion and whom to visit then; proposed by the rule, put on the list by a person. */
export function CarePart() {
  const { t, code, date } = useTexts();
  const [shown, setShown] = useState(50);
  const care = useQuery("care.list", { subject: null, offset: 0, limit: shown }, { keep: true });
  const { declaredToday } = useOffice();
  const today = useQuery("today", { all: false });
  const [adding, setAdding] = useState(false);
  return (
    <Loaded query={care}>
      {(list) => {
        const days = daysTo(declaredToday ?? today.data?.date ?? list.day, list.day);
        const occasion = code("occasion", list.occasion);
        return (
          <>
            <section className="card flush" aria-labelledby="to-visit">
              <div className="row apart list-title">
                <h2 id="to-visit">{t("care.toVisit")}</h2>
                <Button onClick={() => setAdding(true)} aria-haspopup="dialog">{t("care.addToList")}</Button>
              </div>
              <p className="row inset">
                <Mark tone="blue" glyph="info">{days === 0 ? t("care.today", { occasion }) : t("care.next", { occasion, date: date(list.day), days })}</Mark>
                <Lock /> <span className="soft">{t("care.stays")}</span>
              </p>
              {list.rows.length === 0 ? <p className="blank">{t("care.noneToVisit")}</p> : (
                <>
                  <ul className="list">{list.rows.map((row) => <Row key={row.subject} row={row} />)}</ul>
                  {list.rows.length < list.total ? <div className="inset"><More total={list.total} shown={list.rows.length} onMore={() => setShown(list.rows.length + 50)} /></div> : null}
                </>
              )}
            </section>
            <AidPart />
            {adding ? <AddDialog onClose={() => setAdding(false)} /> : null}
          </>
        );
      }}
    </Loaded>
  );
}

function daysTo(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function Row({ row }: { row: CareRow }) {
  const { t, code, date } = useTexts();
  const navigate = useNavigate();
  const save = useCommand("care.save");
  const put = (end: boolean) => save.mutate({ id: row.id || null, subject: row.subject, whom: row.whom, reason: row.reason, end });
  return (
    <li className="line">
      <div className="what">
        {isMember(row.whom) ? <strong>{row.name}</strong> : <Link to="/household" search={{ id: row.subject }}>{row.name}</Link>}
        <div className="soft">
          {[code("whom", row.whom), row.place, row.reason, row.last ? t("care.lastCare", { date: date(row.last) }) : ""].filter(Boolean).join(" · ")}
        </div>
      </div>
      <span className="row">
        {row.id ? null : <Mark tone="grey" glyph="info">{t("care.proposed")}</Mark>}
        {row.visited ? <Mark tone="green" glyph="check">{t("care.visited")}</Mark> : null}
        <Button onClick={() => void navigate({ to: "/visit", search: { subject: row.subject } })} aria-label={`${t("care.record")} ${row.name}`}>{t("care.record")}</Button>
        <Button onClick={() => put(row.id !== "")} aria-label={`${t(row.id ? "care.takeOff" : "care.listed")} ${row.name}`}>{t(row.id ? "care.takeOff" : "care.listed")}</Button>
      </span>
    </li>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const save = useCommand("care.save");
  const { typed: { who, whom, reason }, set, draft, done } = useTyped<{ who: Chosen | null; whom: string; reason: string }>("care", "new", { who: null, whom: "household", reason: "" });
  const [missing, setMissing] = useState(false);
  const errors: FieldErrors = save.isError ? fieldErrors(texts, save.error, ["subject", "reason"]) : {};

  function submit() {
    setMissing(!who);
    if (who) save.mutate({ id: null, subject: who.id, whom, reason: reason.trim(), end: false }, { onSuccess: () => { done(); onClose(); } });
  }

  return (
    <Dialog title={t("care.addToList")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} loading={save.isPending}>{t("common.save")}</Button>
      </>}>
      <TypedBefore draft={draft} />
      <SelectField label={t("care.whom")} value={whom} onChange={(next) => set({ whom: next })} options={kindsOfWhom.map((value) => ({ value, label: t(`whom.${value}`) }))} />
      <SubjectField key={String(draft.continues)} label={t("care.who")} members value={who} error={missing ? t("errors.household_required") : errors["subject"]} onChange={(next) => set({ who: next })} />
      <TextField label={t("care.reason")} value={reason} onChange={(next) => set({ reason: next })} error={errors["reason"]} mark={<Lock />} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
