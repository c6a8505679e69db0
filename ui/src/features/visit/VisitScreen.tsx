import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { nothing, type Output, useBegun, useDraft, useFresh, useOffice, useQuery } from "../../api";
import { DeleteButton, HistoryButton, Loaded, Notice, Page, RedactButton } from "../../components";
import { useTexts } from "../../locales";
import { SheetLink } from "../sheet";
import { EraseHousehold } from "./EraseHousehold";
import { isMember } from "./ConsolationFields";
import { EveningPart } from "./EveningPart";
import { emptyForm, formOf, nextForm, ofEvening, type VisitForm } from "./form";
import { VisitFormPage } from "./VisitFormPage";
import "./visit.css";

/** 走访: the one page that records a visit, new or changed. */
export function VisitScreen() {
  const { id, table, subject, tab } = useSearch({ strict: false });
  return <Visit key={`${id ?? "new"} ${table ?? ""} ${subject ?? ""}`} id={id ?? null} table={table ?? null} subject={subject ?? null} tab={tab ?? null} />;
}

function Visit({ id, table, subject, tab }: { id: string | null; table: string | null; subject: string | null; tab: string | null }) {
  const { t, date } = useTexts();
  const navigate = useNavigate();
  const { declaredToday } = useOffice();
  const defaults = useQuery("visit.defaults", nothing);
  const view = useFresh("visit.get", { id: id ?? "" }, { enabled: id !== null });
  const evening = useFresh("visit.get", { id: table ?? "" }, { enabled: table !== null });
  const care = useQuery("care.list", { subject, offset: 0, limit: 1 }, { enabled: subject !== null });
  const draft = useDraft<VisitForm>("visit", id ?? (table !== null ? `table:${table}` : subject !== null ? `subject:${subject}` : "new"));
  // Each new household gets a fresh form.
  const [round, setRound] = useState<{ n: number; start: VisitForm | null }>({ n: 0, start: null });
  const begun = useBegun(view.data ? formOf(view.data) : null, id !== null && view.data !== undefined && round.n === 0 && Boolean(draft.found));

  return (
    <Page title={t("visit.formTitle")} narrow actions={id ? (
      <>
        <SheetLink kind="visits" id={id} />
        <HistoryButton id={id} /><DeleteButton id={id} to="/visits" />
        <RedactButton id={id} />
        {view.data?.householdId ? <Link to="/household" search={{ id: view.data.householdId }} className="ant-btn">{t("visit.history")}</Link> : null}
        {view.data?.householdId ? <EraseHousehold id={view.data.householdId} /> : null}
      </>
    ) : null}>
      {view.data && view.data.row.householdErased !== null ? <Notice tone="grey">{t("forget.erasedHint", { date: date(view.data.row.householdErased) })}</Notice> : null}
      {begun.elsewhere ? <Notice tone="yellow">{t("common.changedElsewhere")}</Notice> : null}
      <Loaded query={defaults}>
        {(known) => {
          if (draft.found === undefined || (id !== null && !view.data) || (table !== null && !evening.data) || (subject !== null && care.isPending)) return null;
          const empty = emptyForm(known, declaredToday);
          const clean = view.data ? formOf(view.data)
            : evening.data ? ofEvening(empty, evening.data)
            : subject !== null ? toSubject(empty, subject, care.data)
            : isKind(tab) ? { ...empty, kind: tab } : empty;
          const found = round.n === 0 ? draft.found : null;
          return (
            <VisitFormPage key={`${round.n} ${begun.name}`} id={id} defaults={known} initial={round.start ?? (found ? { ...clean, ...found } : clean)} continues={found !== null}
              focus={round.n === 0 && table === null ? "date" : "household"} onInput={begun.typed} onTyped={(form) => { begun.typed(); draft.keep(form); }}
              onStartOver={() => {
                draft.discard();
                begun.again();
                setRound({ n: round.n + 1, start: null });
              }}
              onSaved={(form, next, saved) => {
                begun.done();
                draft.discard();
                if (next) setRound({ n: round.n + 1, start: nextForm(form, known, saved) });
                else if (form.table !== null) void navigate({ to: "/visit", search: { id: form.table } });
                else void navigate({ to: "/visits", search: { tab: form.kind } });
              }} />
          );
        }}
      </Loaded>
      {id !== null && view.data ? <EveningPart view={view.data} /> : null}
    </Page>
  );
}

function isKind(tab: string | null): tab is VisitForm["kind"] {
  return tab === "round_table" || tab === "household" || tab === "consolation";
}

/** 慰问 to somebody of the list. */
function toSubject(form: VisitForm, subject: string, list: Output<"care.list"> | undefined): VisitForm {
  const row = list?.rows.find((one) => one.subject === subject);
  if (!row) return form;
  const who = { id: row.subject, name: row.name };
  const whom = isMember(row.whom) ? { member: who } : { household: { ...who, door: row.place, phone: "" } };
  return { ...form, kind: "consolation", occasion: list?.occasion ?? "", whom: row.whom, ...whom };
}
