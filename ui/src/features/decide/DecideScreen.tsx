import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { nothing, useOffice, useQuery } from "../../api";
import type { ItemRow } from "../../api/generated/ItemRow";
import type { SubmissionCard } from "../../api/generated/SubmissionCard";
import { Blank, Loaded, Mark, Page, SelectField, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { ItemDecideDialog } from "../checklist/ItemDecideDialog";
import { MonthMark } from "../month/state";
import "../month/month.css";
import { Admissions } from "./Admissions";
import { Kind } from "./Kind";
import { Transfers, waitsHere } from "./Transfers";

/** 待我决定: all that waits, by kind, with one action each; beside it each month of all subordinates. */
export function DecideScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = search.tab === "months" ? "months" : "waiting";
  return (
    <Page title={t("month.decideTitle")}>
      <Tabs label={t("month.decideTitle")} value={tab} options={[{ value: "waiting", label: t("month.waiting") }, { value: "months", label: t("month.byMonth") }]}
        onChange={(value) => void navigate({ to: "/decide", search: { tab: value } })} />
      {tab === "months" ? <Months /> : <Waiting />}
    </Page>
  );
}

function Waiting() {
  const { t } = useTexts();
  const waiting = useQuery("decide.waiting", nothing);
  const cases = useQuery("admission.cases", nothing);
  const moves = useQuery("transfer.waiting", nothing);
  const joins = useQuery("join.pending", nothing);
  const [item, setItem] = useState<ItemRow | null>(null);
  return (
    <Loaded query={waiting}>
      {(data) => (
        <Loaded query={cases}>
          {(admissions) => (
            <Loaded query={moves}>
              {(transfers) => {
                const pending = joins.data ?? [];
                const open = data.submissions.length + data.itemsCount + admissions.length + transfers.filter(waitsHere).length + pending.length;
                return (
                  <>
                    {open === 0 && joins.data ? <Blank>{t("month.noneWaiting")}</Blank> : null}
                    <Kind title={t("month.submissions")} count={data.submissions.length}>
                      {data.submissions.map((card) => <Card key={`${card.office} ${card.month}`} card={card} />)}
                    </Kind>
                    <Kind title={t("month.itemsWaiting")} count={data.itemsCount}>
                      {data.items.map((row) => <Item key={row.id} row={row} onLook={() => setItem(row)} />)}
                    </Kind>
                    <Admissions rows={admissions} />
                    <Transfers rows={transfers} />
                    <Kind title={t("month.joinsWaiting")} count={pending.length}>
                      {pending.map((row) => {
                        const name = row.invites === "device" ? (row.holder ?? t("org.newDevice")) : row.officeName;
                        return <Row key={row.id} what={<><strong>{name}</strong> <JoinDay on={row.askedOn} /></>}><Link to="/org" className="ant-btn" aria-label={`${t("month.look")} ${name}`}>{t("month.look")}</Link></Row>;
                      })}
                    </Kind>
                    {/* Until it is known who wants to join, nothing may say that nobody waits. */}
                    {joins.data ? null : <Loaded query={joins}>{() => null}</Loaded>}
                    {item ? <ItemDecideDialog row={item} onClose={() => setItem(null)} /> : null}
                  </>
                );
              }}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Row({ what, children }: { what: ReactNode; children: ReactNode }) {
  return <li className="line"><div className="what">{what}</div><span className="row">{children}</span></li>;
}

function JoinDay({ on }: { on: string }) {
  const { t, date } = useTexts();
  return <span className="soft">{t("org.askedOn", { date: date(on) })}</span>;
}

function Item({ row, onLook }: { row: ItemRow; onLook: () => void }) {
  const { t, date } = useTexts();
  return (
    <Row what={<><strong>{row.title}</strong><div className="soft">{[row.officeName, row.person, row.deadline ? t("checklist.until", { date: date(row.deadline) }) : ""].filter(Boolean).join(" · ")}</div></>}>
      {row.disputed ? <Mark tone="yellow">{t("month.crossed")}</Mark> : null}
      <Button onClick={onLook} aria-label={`${t("month.look")} ${row.officeName} ${row.title}`}>{t("month.look")}</Button>
    </Row>
  );
}

function Card({ card }: { card: SubmissionCard }) {
  const { t, date } = useTexts();
  return (
    <Row what={(
      <>
        <strong>{card.officeName}</strong> {date(card.month)}
        <div className="soft">
          {[card.on ? t("month.handedInOn", { date: date(card.on) }) : "", card.id ? t("common.count", { n: card.count }) : "", card.asOf ? t("ledger.asOf", { date: date(card.asOf) }) : t("ledger.unknown")].filter(Boolean).join(" · ")}
        </div>
      </>
    )}>
      {card.different > 0 ? <Mark tone="yellow">{t("month.differentShort", { n: card.different })}</Mark> : null}
      <MonthMark state={card.state} disputed={card.disputed} />
      {card.id ? <Link to="/submission" search={{ id: card.id }} className="ant-btn" aria-label={`${t("month.look")} ${card.officeName} ${date(card.month)}`}>{t("month.look")}</Link> : null}
    </Row>
  );
}

function Months() {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year, overview } = useOffice();
  const today = overview?.today ?? "";
  const of = year ?? Number(today.slice(0, 4));
  const number = search.month ?? (today.startsWith(String(of)) ? Math.max(1, Number(today.slice(5, 7)) - 1) : 12);
  const month = `${of}-${String(number).padStart(2, "0")}`;
  const list = useQuery("submission.list", { month }, { keep: true });
  return (
    <>
      <SelectField label={t("common.month")} value={String(number)} options={Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1), label: `${of} ${texts.month(n + 1)}` }))}
        onChange={(value) => void navigate({ to: "/decide", search: { tab: "months", month: Number(value) } })} />
      <Loaded query={list}>
        {(cards) => cards.length === 0 ? <Blank /> : <ul className="card flush list">{cards.map((card) => <Card key={card.office} card={card} />)}</ul>}
      </Loaded>
    </>
  );
}
