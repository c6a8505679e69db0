import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, nothing, useList, useOffice, useQuery } from "../../api";
import type { VisitKind } from "../../api/generated/VisitKind";
import type { VisitRow } from "../../api/generated/VisitRow";
import { Mark, Page, Paged, RecordMarks, Tabs, TextField } from "../../components";
import { useTexts } from "../../locales";
import { Concerns, concernTones } from "./Concerns";
import "./visit.css";

type Tab = VisitKind | "concerns";
const tabs: readonly Tab[] = ["round_table", "household", "consolation", "concerns"];

/** 夜谈走访: visits by kind, and the concerns they brought. */
export function VisitsScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search.tab) ?? "round_table";
  const open = useQuery("concern.hand_in_preview", nothing);
  const waiting = open.data?.items.length ?? 0;
  return (
    <Page title={t("visit.title")} writes actions={
      <>
        {waiting > 0 ? <Link to="/hand-in" className="ant-btn">{t("visit.handIn")} ({waiting})</Link> : null}
        <Button type="primary" onClick={() => void navigate({ to: "/visit" })}>{t("visit.newOne")} F2</Button>
      </>
    }>
      <Tabs label={t("visit.title")} value={tab} options={tabs.map((value) => ({ value, label: t(`visit.${value}`) }))}
        onChange={(value) => void navigate({ to: "/visits", search: { ...search, tab: value } })} />
      {tab === "concerns" ? <Concerns initialText={search.text ?? ""} openId={search.id ?? null} /> : <Visits key={tab} kind={tab} initialText={search.text ?? ""} />}
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
      <TextField label={t("visit.filter")} value={text} onChange={setText} />
      <Paged list={list}>{(row) => <Row key={row.id} row={row} />}</Paged>
    </>
  );
}

function Row({ row }: { row: VisitRow }) {
  const { t, code, date, several } = useTexts();
  const what = several([...row.situation.map((one) => code("situation", one)), row.situationText].filter(Boolean));
  const who = row.participants.length > 2
    ? t("visit.participantsShort", { first: row.participants[0], n: row.participants.length })
    : several(row.participants);
  return (
    <li className="line">
      <div className="what">
        <Link to="/visit" search={{ id: row.id }}>{date(row.date)} {row.household ?? (row.place || t("visit.publicPlace"))}</Link>
        <div className="soft">{[who, what].filter(Boolean).join(" · ")}</div>
      </div>
      <span className="row">
        {row.concern ? <Mark tone={concernTones[row.concern]} glyph={row.concern === "closed" ? "check" : "info"}>{t("visit.concern")} {t(`concern.${row.concern}`)}</Mark> : null}
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
      </span>
    </li>
  );
}
