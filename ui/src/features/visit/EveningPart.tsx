import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, type Output, useCommand, useQuery } from "../../api";
import { Dialog, ErrorNotice, type FieldErrors, fieldErrors, Mark, toDto, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { ConcernPart } from "./ConcernPart";
import { ConcernRow } from "./ConcernRow";
import { check, emptyForm, errorFields, inputOf, type VisitForm } from "./form";
import { VisitLine } from "./VisitLine";

/** What belongs together: a round table with the visits of its evening, and the concerns raised there. */
export function EveningPart({ view }: { view: Output<"visit.get"> }) {
  const { t, date } = useTexts();
  // What was left unfinished opens at once.
  const { draft: left } = useSearch({ strict: false });
  const [adding, setAdding] = useState(left === "concern");
  const round = view.row.kind === "round_table" && view.row.table === null;
  return (
    <>
      {view.evening ? (
        <p className="row">
          <Mark tone="blue" glyph="info">{t("visit.evening")}</Mark>
          <Link to="/visit" search={{ id: view.evening.id }}>
            {t("visit.eveningOf", { date: date(view.evening.date), place: view.evening.place || t("visit.publicPlace") })}
          </Link>
        </p>
      ) : null}
      {round ? (
        <section className="card flush" aria-labelledby="evening">
          <div className="row apart list-title">
            <h2 id="evening">{t("visit.eveningVisits")}</h2>
            <Link to="/visit" search={{ table: view.row.id }} className="ant-btn">{t("visit.addVisit")}</Link>
          </div>
          {view.visits.length === 0 ? <p className="blank">{t("visit.noEveningVisits")}</p> : (
            <ul className="list">{view.visits.map((row) => <VisitLine key={row.id} row={row} />)}</ul>
          )}
        </section>
      ) : null}
      <section className="card flush" aria-labelledby="raised">
        <div className="row apart list-title">
          <h2 id="raised">{t("visit.moreConcerns")}</h2>
          <Button onClick={() => setAdding(true)} aria-haspopup="dialog">{t("visit.addConcern")}</Button>
        </div>
        <ul className="list">{view.concerns.map((row) => <ConcernRow key={row.id} row={row} />)}</ul>
      </section>
      {adding ? <AddConcern view={view} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function AddConcern({ view, onClose }: { view: Output<"visit.get">; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const defaults = useQuery("visit.defaults", nothing);
  const add = useCommand("concern.add");
  const { typed: { part }, set, draft, done } = useTyped<{ part: Partial<VisitForm> }>("concern_add", view.row.id, { part: {} });
  const [errors, setErrors] = useState<FieldErrors>({});
  if (!defaults.data) return null;
  const typed: VisitForm = { ...emptyForm(defaults.data, view.row.date), publicPlace: true, participants: view.row.participants, date: view.row.date, ...part, hasConcern: "yes" };

  function save(confirmDate = false) {
    const found = check(typed, texts);
    setErrors(found);
    const { concern } = inputOf(typed, null, { confirmDate: false, keepMatches: false });
    if (Object.keys(found).length > 0 || !concern) return;
    add.mutate({ visit: view.row.id, household: null, concern, confirmDate }, {
      onSuccess: () => { done(); onClose(); },
      onError: (error) => setErrors(fieldErrors(texts, error, errorFields)),
    });
  }

  return (
    <Dialog title={t("visit.addConcern")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => save()} loading={add.isPending}>{t("common.save")}</Button>
      </>}>
      <TypedBefore draft={draft} />
      <ConcernPart form={typed} errors={errors} candidates={defaults.data.candidates} onChange={(more) => set({ part: { ...part, ...more } })}
        confirm={add.isError && toDto(add.error).code === "date_far" ? () => save(true) : undefined} />
      {errors[""] ? <ErrorNotice error={add.error} /> : null}
    </Dialog>
  );
}
