import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useList, useOffice } from "../../api";
import type { SessionRow } from "../../api/generated/SessionRow";
import { Mark, Page, Paged, RecordMarks, TextField } from "../../components";
import { useTexts } from "../../locales";
import { SheetLink } from "../sheet";
import { kindName } from "./kinds";
import { MeetingTabs } from "./MeetingTabs";
import { TwicePart } from "./TwicePart";

/** 三会一课: every session of the year, newest first. */
export function MeetingsScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year } = useOffice();
  const [text, setText] = useState(search.text ?? "");
  const list = useList("meeting.list", listInput({ year, text: text.trim() || null }));
  return (
    <Page title={t("meeting.title")} writes links={<SheetLink kind="meetings" />} actions={
      <>
        <Button onClick={() => void navigate({ to: "/roll" })}>{t("meeting.roll")} F3</Button>
        <Button type="primary" onClick={() => void navigate({ to: "/meeting" })}>{t("meeting.newOne")}</Button>
      </>
    }>
      <MeetingTabs here="meetings" />
      <TwicePart />
      <TextField label={t("meeting.filter")} value={text} onChange={setText} />
      <Paged list={list}>{(row) => <Row key={row.id} row={row} />}</Paged>
    </Page>
  );
}

function Row({ row }: { row: SessionRow }) {
  const texts = useTexts();
  const { t, date } = texts;
  return (
    <li className="line">
      <div className="what">
        <Link to="/meeting" search={{ id: row.id }}>{date(row.date)} {kindName(texts, row)}</Link>
        <div>{row.topic}</div>
        <div className="soft">{t("meeting.line", { due: row.due, present: row.present, excused: row.excused, absent: row.absent, unconfirmed: row.unconfirmed })}</div>
      </div>
      <span className="row">
        {row.mergedInto === null ? null : <Mark tone="grey" glyph="minus">{t("twice.merged")}</Mark>}
        {row.rollOfOther ? <Mark tone="yellow" glyph="info">{t("meeting.rollOfOtherShort")}</Mark> : null}
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
        <Mark tone={row.closed ? "grey" : "blue"} glyph={row.closed ? "check" : "info"}>{t(row.closed ? "meeting.closed" : "meeting.open")}</Mark>
        <Link to="/roll" search={{ id: row.id }}>{t("meeting.goRoll")}</Link>
      </span>
    </li>
  );
}
