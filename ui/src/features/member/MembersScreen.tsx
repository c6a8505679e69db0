import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useList } from "../../api";
import type { MemberRow } from "../../api/generated/MemberRow";
import { Check, Mark, Page, Paged, RecordMarks, TextField } from "../../components";
import { useTexts } from "../../locales";

/** 党员: the roster, by name, pinyin or group. */
export function MembersScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const [text, setText] = useState(search.text ?? "");
  const [left, setLeft] = useState(false);
  const list = useList("member.list", listInput({ text: text.trim() || null, state: left ? "left" : null }));
  return (
    <Page title={t("member.title")} writes actions={
      <>
        <Button onClick={() => void navigate({ to: "/import" })}>{t("member.import")}</Button>
        <Button type="primary" onClick={() => void navigate({ to: "/member" })}>{t("member.newOne")}</Button>
      </>
    }>
      <div className="row at-foot">
        <div className="grow"><TextField label={t("member.filter")} value={text} onChange={setText} /></div>
        <Check label={t("member.withLeft")} checked={left} onChange={setLeft} />
      </div>
      <Paged list={list}>{(row) => <Row key={row.id} row={row} />}</Paged>
    </Page>
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
