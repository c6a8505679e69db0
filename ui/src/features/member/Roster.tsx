import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, nothing, useCommand, useList, useQuery } from "../../api";
import type { MemberRow } from "../../api/generated/MemberRow";
import { Check, DateField, Mark, Notice, Paged, RecordMarks, TextField } from "../../components";
import { useTexts } from "../../locales";

export function RosterActions() {
  const { t } = useTexts();
  const navigate = useNavigate();
  return (
    <>
      <Button onClick={() => void navigate({ to: "/import" })}>{t("member.import")}</Button>
      <Button type="primary" onClick={() => void navigate({ to: "/member" })}>{t("member.newOne")}</Button>
    </>
  );
}

/** 名册, by name, pinyin, initials or group, of today or of a past day. */
export function Roster({ initialText }: { initialText: string }) {
  const { t } = useTexts();
  const [text, setText] = useState(initialText);
  const [left, setLeft] = useState(false);
  const [day, setDay] = useState("");
  const list = useList("member.list", listInput({ text: text.trim() || null, state: left ? "left" : null }));
  return (
    <>
      <Duplicates />
      <div className="row at-foot">
        <div className="grow"><TextField label={t("member.filter")} value={text} onChange={setText} /></div>
        <div className="grow"><DateField label={t("memberFile.onDay")} value={day} onChange={setDay} hint={t("memberFile.onDayHint")} /></div>
      </div>
      {day.trim() === "" ? <Check label={t("member.withLeft")} checked={left} onChange={setLeft} /> : null}
      {day.trim() === "" ? <Paged list={list}>{(row) => <Row key={row.id} row={row} />}</Paged> : <Past day={day.trim()} text={text.trim()} />}
    </>
  );
}

function Past({ day, text }: { day: string; text: string }) {
  const { t } = useTexts();
  const past = useList("member.past", { on: day, text, offset: 0, limit: 0 });
  return (
    <>
      {past.data ? <p className="soft" role="status">{t("memberFile.pastNote", { date: day, n: past.data.total })}</p> : null}
      <Paged list={past}>{(row) => <Row key={row.id} row={row} />}</Paged>
    </>
  );
}

function Row({ row }: { row: MemberRow }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <Link to="/member" search={{ id: row.id }}>{row.name}</Link>{" "}
        <span className="soft">{[row.group, ...row.posts.map((post) => code("post", post))].filter(Boolean).join(" · ")}</span>
      </div>
      <span className="row">
        <RecordMarks conflict={row.conflict} />
        {row.kind === "probationary" ? <Mark tone="grey" glyph="info">{t("member.probationary")}</Mark> : null}
        {row.votes ? null : <Mark tone="grey" glyph="info">{row.noVoteReason ? code("member", row.noVoteReason) : t("member.noVotes")}</Mark>}
        {row.leftOn ? <Mark tone="grey" glyph="info">{t("member.left", { date: date(row.leftOn) })}</Mark> : null}
      </span>
    </li>
  );
}

/** One person entered twice, perhaps: shown until a person says so or says no. */
function Duplicates() {
  const { t, code } = useTexts();
  const found = useQuery("member.duplicates", nothing);
  const merge = useCommand("member.merge");
  const apart = useCommand("member.keep_apart");
  if (!found.data || found.data.length === 0) return null;
  const words = (row: MemberRow) => [row.name, row.birthMonth, row.joined, row.group].filter(Boolean).join(" · ");
  return (
    <section className="card flush" aria-label={t("memberFile.duplicates")}>
      <h2 className="list-title">{t("memberFile.duplicates")}</h2>
      <div className="list-title"><Notice tone="blue">{t("memberFile.duplicatesHint")}</Notice></div>
      <ul className="list">
        {found.data.map(({ first, second, reasons }) => (
          <li className="line" key={`${first.id}${second.id}`}>
            <div className="what">
              <Link to="/member" search={{ id: first.id }}>{words(first)}</Link>
              <div><Link to="/member" search={{ id: second.id }}>{words(second)}</Link></div>
            </div>
            <span className="row">
              {reasons.map((reason) => <Mark key={reason} tone="yellow">{code("memberFile", `reason_${reason}`)}</Mark>)}
              <Button onClick={() => merge.mutate({ id: second.id, other: first.id })}>{t("memberFile.mergeInto")}</Button>
              <Button onClick={() => apart.mutate({ id: second.id, other: first.id })}>{t("memberFile.apart")}</Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
