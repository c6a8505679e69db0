import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { nothing, useDraft, useOffice, useQuery } from "../../api";
import { HistoryButton, Loaded, Notice, Page, RedactButton } from "../../components";
import { useTexts } from "../../locales";
import { EraseHousehold } from "./EraseHousehold";
import { emptyForm, formOf, nextForm, type VisitForm } from "./form";
import { VisitFormPage } from "./VisitFormPage";
import "./visit.css";

/** 走访: the one page that records a visit, new or changed. */
export function VisitScreen() {
  const { id } = useSearch({ strict: false });
  return <Visit key={id ?? "new"} id={id ?? null} />;
}

function Visit({ id }: { id: string | null }) {
  const { t, date } = useTexts();
  const navigate = useNavigate();
  const { declaredToday } = useOffice();
  const defaults = useQuery("visit.defaults", nothing);
  const view = useQuery("visit.get", { id: id ?? "" }, { enabled: id !== null });
  const draft = useDraft<VisitForm>("visit", id ?? "new");
  // Each new household gets a fresh form.
  const [round, setRound] = useState<{ n: number; start: VisitForm | null }>({ n: 0, start: null });

  return (
    <Page title={t("visit.formTitle")} narrow actions={id ? (
      <>
        <HistoryButton id={id} />
        <RedactButton id={id} />
        {view.data?.householdId ? <EraseHousehold id={view.data.householdId} /> : null}
      </>
    ) : null}>
      {view.data && view.data.row.householdErased !== null ? <Notice tone="grey">{t("forget.erasedHint", { date: date(view.data.row.householdErased) })}</Notice> : null}
      <Loaded query={defaults}>
        {(known) => {
          if (draft.found === undefined || (id !== null && !view.data)) return null;
          const clean = view.data ? formOf(view.data) : emptyForm(known, declaredToday);
          const found = round.n === 0 ? draft.found : null;
          return (
            <VisitFormPage key={round.n} id={id} defaults={known} initial={round.start ?? found ?? clean} continues={found !== null}
              focus={round.n === 0 ? "date" : "household"} onTyped={draft.keep}
              onStartOver={() => {
                draft.discard();
                setRound({ n: round.n + 1, start: clean });
              }}
              onSaved={(form, next) => {
                draft.discard();
                if (next) setRound({ n: round.n + 1, start: nextForm(form, known) });
                else void navigate({ to: "/visits", search: { tab: form.kind } });
              }} />
          );
        }}
      </Loaded>
    </Page>
  );
}
