import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useOffice, useQuery } from "../../api";
import type { ItemRow } from "../../api/generated/ItemRow";
import type { SubmissionCard } from "../../api/generated/SubmissionCard";
import { Blank, Loaded, Mark, Page, SelectField, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { ItemDecideDialog } from "../checklist/ItemDecideDialog";
import { MonthMark } from "./state";
import "./month.css";

/** 待我决定: submissions, items handed in, joins; beside it each month of all subordinates. */
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
  const { t, date } = useTexts();
  const waiting = useQuery("decide.waiting", nothing);
  const [item, setItem] = useState<ItemRow | null>(null);
  return (
    <Loaded query={waiting}>
      {(data) => {
        if (data.submissions.length + data.itemsCount + data.joins === 0) return <Blank>{t("month.noneWaiting")}</Blank>;
        return (
          <>
            {data.submissions.length > 0 ? (
              <section className="card flush" aria-label={t("month.submissions")}>
                <h2 className="list-title">{t("month.submissions")}</h2>
                <ul className="list">{data.submissions.map((card) => <Card key={`${card.office} ${card.month}`} card={card} />)}</ul>
              </section>
            ) : null}
            {data.itemsCount > 0 ? (
              <section className="card flush" aria-label={t("month.itemsWaiting")}>
                <h2 className="list-title">{t("month.itemsWaiting")}</h2>
                <ul className="list">
                  {data.items.map((row) => (
                    <li key={row.id} className="line">
                      <div className="what"><strong>{row.title}</strong><div className="soft">{[row.officeName, row.person, row.deadline ? t("checklist.until", { date: date(row.deadline) }) : ""].filter(Boolean).join(" · ")}</div></div>
                      <span className="row">
                        {row.disputed ? <Mark tone="yellow">{t("month.crossed")}</Mark> : null}
                        <Button onClick={() => setItem(row)} aria-label={`${t("month.look")} ${row.officeName} ${row.title}`}>{t("month.look")}</Button>
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
            {data.joins > 0 ? (
              <section className="card line" aria-label={t("today.joinsWait", { n: data.joins })}>
                <span className="what">{t("today.joinsWait", { n: data.joins })}</span>
                <Link to="/org" className="ant-btn">{t("today.open")}</Link>
              </section>
            ) : null}
            {item ? <ItemDecideDialog row={item} onClose={() => setItem(null)} /> : null}
          </>
        );
      }}
    </Loaded>
  );
}

function Card({ card }: { card: SubmissionCard }) {
  const { t, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <strong>{card.officeName}</strong> {date(card.month)}
        <div className="soft">
          {[card.on ? t("month.handedInOn", { date: date(card.on) }) : "", card.id ? t("common.count", { n: card.count }) : "", card.asOf ? t("ledger.asOf", { date: date(card.asOf) }) : t("ledger.unknown")].filter(Boolean).join(" · ")}
        </div>
      </div>
      <span className="row">
        {card.different > 0 ? <Mark tone="yellow">{t("month.differentShort", { n: card.different })}</Mark> : null}
        <MonthMark state={card.state} disputed={card.disputed} />
        {card.id ? <Link to="/submission" search={{ id: card.id }} className="ant-btn" aria-label={`${t("month.look")} ${card.officeName} ${date(card.month)}`}>{t("month.look")}</Link> : null}
      </span>
    </li>
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
