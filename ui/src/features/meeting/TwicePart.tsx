import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { OnlyThere } from "../../api/generated/OnlyThere";
import type { SessionRow } from "../../api/generated/SessionRow";
import type { TwicePair } from "../../api/generated/TwicePair";
import type { WrittenBy } from "../../api/generated/WrittenBy";
import { Dialog, ErrorNotice, useToast } from "../../components";
import { useTexts } from "../../locales";
import { sessionName } from "./kinds";

/** 可能是同一次会议: pairs with reasons; a person decides. Of one session those that it is part of. */
export function TwicePart({ of }: { of?: string }) {
  const { t } = useTexts();
  const { year } = useOffice();
  const list = useQuery("meeting.twice", listInput({ year }));
  const pairs = (list.data ?? []).filter((pair) => of === undefined || pair.one.id === of || pair.other.id === of);
  if (pairs.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="twice">
      <h2 id="twice">{t("twice.title")}</h2>
      <p>{t("twice.intro")}</p>
      <ul className="stack">{pairs.map((pair) => <Pair key={`${pair.one.id} ${pair.other.id}`} pair={pair} />)}</ul>
    </section>
  );
}

/** Which of two stays, and what only the other has. */
interface Keeping {
  row: SessionRow;
  other: SessionRow;
  only: OnlyThere[];
}

function Pair({ pair }: { pair: TwicePair }) {
  const { t, several, code } = useTexts();
  const say = useToast();
  const writes = useRecords();
  const merge = useCommand("meeting.merge");
  const apart = useCommand("meeting.apart");
  const busy = merge.isPending || apart.isPending;
  const [asking, setAsking] = useState<Keeping | null>(null);
  function join({ row, other }: Keeping, take: boolean) {
    setAsking(null);
    merge.mutate({ keep: row.id, merge: other.id, take }, { onSuccess: () => say(t("twice.mergedDone")) });
  }
  // What only the other has would be seen nowhere any more: it is shown first.
  const keep = (one: Keeping) => (one.only.length === 0 ? join(one, false) : setAsking(one));
  return (
    <li className="card stack tight">
      <p className="soft">{several(pair.why.map((why) => code("twice", why)))}</p>
      <One row={pair.one} by={pair.oneBy} onKeep={writes ? () => keep({ row: pair.one, other: pair.other, only: pair.onlyOther }) : null} busy={busy} />
      <One row={pair.other} by={pair.otherBy} onKeep={writes ? () => keep({ row: pair.other, other: pair.one, only: pair.onlyOne }) : null} busy={busy} />
      {writes ? (
        <div className="row">
          <Button disabled={busy} onClick={() => apart.mutate({ one: pair.one.id, other: pair.other.id, apart: true }, { onSuccess: () => say(t("twice.apartDone")) })}>{t("twice.apart")}</Button>
        </div>
      ) : null}
      <Dialog title={t("twice.takeTitle")} open={asking !== null} onClose={() => setAsking(null)}
        footer={asking === null ? null : <>
          <Button onClick={() => setAsking(null)}>{t("common.cancel")}</Button>
          <Button onClick={() => join(asking, false)}>{t("twice.takeNot")}</Button>
          <Button type="primary" autoFocus onClick={() => join(asking, true)}>{t("twice.take")}</Button>
        </>}>
        <p>{t("twice.takeIntro")}</p>
        <p>{t("twice.onlyThere", { what: several((asking?.only ?? []).map((one) => code("twiceOnly", one.what, { n: one.count }))) })}</p>
      </Dialog>
      {merge.isError || apart.isError ? <ErrorNotice error={merge.error ?? apart.error} /> : null}
    </li>
  );
}

function One({ row, by, onKeep, busy }: { row: SessionRow; by: WrittenBy; onKeep: (() => void) | null; busy: boolean }) {
  const texts = useTexts();
  const { t, date } = texts;
  const name = sessionName(texts, row);
  const { due, present, excused, absent, unconfirmed } = row;
  return (
    <div className="line">
      <span className="what">
        <Link to="/meeting" search={{ id: row.id }}>{name}</Link>
        <div className="soft">{t("meeting.line", { due, present, excused, absent, unconfirmed })}{by.by ? ` · ${t("twice.by", { by: by.by, date: date(by.on) })}` : ""}</div>
      </span>
      {onKeep ? <Button disabled={busy} onClick={onKeep} aria-label={t("twice.keepName", { name: `${name} ${by.by}` })}>{t("twice.keep")}</Button> : null}
    </div>
  );
}
