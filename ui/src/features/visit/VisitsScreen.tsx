import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, nothing, useCommand, useList, useOffice, useQuery } from "../../api";
import type { VisitKind } from "../../api/generated/VisitKind";
import { Page, Paged, SelectField, Tabs, TextField } from "../../components";
import { useTexts } from "../../locales";
import { SheetLink } from "../sheet";
import { CarePart } from "./CarePart";
import { Concerns } from "./Concerns";
import { Pairings } from "./Pairings";
import { Talks } from "./Talks";
import { VisitLine } from "./VisitLine";
import "./visit.css";

type Tab = VisitKind | "concerns" | "pairings" | "talks";
const tabs: readonly Tab[] = ["round_table", "household", "concerns", "consolation", "pairings", "talks"];
const cadences = ["none", "weekly", "half_monthly", "monthly"] as const;

/** 夜谈走访: visits by kind, the concerns they brought, pairings and talks. */
export function VisitsScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search.tab) ?? "round_table";
  const open = useQuery("concern.hand_in_preview", nothing);
  const waiting = open.data?.items.length ?? 0;
  const text = search.text ?? "";
  return (
    <Page title={t("visit.title")} writes links={<SheetLink kind="visit_ledger" />} actions={
      <>
        {waiting > 0 ? <Link to="/hand-in" className="ant-btn">{t("visit.handIn")} ({waiting})</Link> : null}
        <Button type="primary" onClick={() => void navigate({ to: "/visit" })}>{t("visit.newOne")} F2</Button>
      </>
    }>
      <Tabs label={t("visit.title")} value={tab} options={tabs.map((value) => ({ value, label: t(`visit.${value}`) }))}
        onChange={(value) => void navigate({ to: "/visits", search: { ...search, tab: value } })} />
      {tab === "concerns" ? <Concerns key={search.id ?? ""} initialText={text} openId={search.id ?? null} />
        : tab === "pairings" ? <Pairings />
        : tab === "talks" ? <Talks openId={search.id ?? null} fresh={search.draft === "new"} />
        : (
          <>
            {tab === "consolation" ? <CarePart /> : null}
            <Visits key={tab} kind={tab} initialText={text} />
          </>
        )}
    </Page>
  );
}

function Visits({ kind, initialText }: { kind: VisitKind; initialText: string }) {
  const { t } = useTexts();
  const { year } = useOffice();
  const [text, setText] = useState(initialText);
  const list = useList("visit.list", listInput({ year, text: text.trim() || null, state: kind }));
  return (
    <>
      {kind === "consolation" ? <h2>{t("care.record_all")}</h2> : null}
      <div className="fields">
        <TextField label={t("visit.filter")} value={text} onChange={setText} />
        {kind === "round_table" ? <CadenceField /> : null}
      </div>
      <Paged list={list}>{(row) => <VisitLine key={row.id} row={row} />}</Paged>
    </>
  );
}

/** The office's own setting; it reminds and counts nothing. */
function CadenceField() {
  const { t, code } = useTexts();
  const { office } = useOffice();
  const cadence = useQuery("visit.cadence", nothing);
  const set = useCommand("visit.set_cadence");
  if (!cadence.data) return null;
  return (
    <SelectField label={t("visit.cadence")} value={cadence.data.cadence} hint={t("visit.cadenceHint")} disabled={office?.role === "viewer"}
      onChange={(value) => set.mutate({ cadence: value })} options={cadences.map((value) => ({ value, label: code("cadence", value) }))} />
  );
}
