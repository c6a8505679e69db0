import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useList, useOffice } from "../../api";
import type { SentBatch } from "../../api/generated/SentBatch";
import { Mark, Paged, SelectField, TextField, useSettled } from "../../components";
import { useTexts } from "../../locales";
import { far } from "../calendar/words";

const states = ["open", "late", "waiting", "finished"] as const;

/** 已交办的: what was sent together is one line, with how far the addressees are. */
export function SentList() {
  const { t } = useTexts();
  const { year } = useOffice();
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const typed = useSettled(text.trim());
  const list = useList("dispatch.sent", { year, text: typed || null, state: state || null, offset: 0, limit: 0 });
  return (
    <>
      <div className="fields">
        <TextField label={t("sent.filter")} value={text} onChange={setText} />
        <SelectField label={t("sent.state")} value={state} empty={t("common.all")} onChange={setState}
          options={states.map((value) => ({ value, label: t(`sent.state_${value}`) }))} />
      </div>
      <Paged list={list}>{(row) => <Line key={row.id} row={row} />}</Paged>
    </>
  );
}

function Line({ row }: { row: SentBatch }) {
  const texts = useTexts();
  const { t, date } = texts;
  const over = row.accepted === row.count;
  const late = !over && row.accepted + row.done < row.count && row.days !== null && row.days < 0;
  return (
    <li className="line">
      <div className="what">
        <strong>{row.title}</strong>
        <div className="soft">{[t("sent.addressees", { n: row.count }), row.deadline ? t("checklist.until", { date: date(row.deadline) }) : ""].filter(Boolean).join(" · ")}</div>
        <div className="soft">{t("sent.figures", { acknowledged: row.acknowledged, inProgress: row.inProgress, done: row.done, accepted: row.accepted, returned: row.returned })}</div>
      </div>
      <span className="row">
        {row.disputed > 0 ? <Mark tone="yellow">{t("month.crossed")}</Mark> : null}
        {over ? <Mark tone="green">{t("sent.state_finished")}</Mark> : row.days === null ? null : <Mark tone={late ? "yellow" : "grey"} glyph={late ? "warn" : "info"}>{far(texts, row.days)}</Mark>}
        <Link to="/dispatch" search={{ tab: "sent", id: row.id }} className="ant-btn" aria-label={t("sent.lookAt", { title: row.title })}>{t("sent.lookShort")}</Link>
      </span>
    </li>
  );
}
