import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useOffice, useQuery } from "../../api";
import type { SubmissionCard } from "../../api/generated/SubmissionCard";
import { Blank, Loaded, Mark, Page, SelectField, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { MonthMark } from "../month/state";
import "../month/month.css";
import { UnderWay } from "./Transfers";
import { Waiting } from "./Waiting";

/** 待我决定: all that waits, in one list; beside it each month of all subordinates. */
export function DecideScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = search.tab === "months" ? "months" : "waiting";
  return (
    <Page title={t("month.decideTitle")}>
      <Tabs label={t("month.decideTitle")} value={tab} options={[{ value: "waiting", label: t("month.waiting") }, { value: "months", label: t("month.byMonth") }]}
        onChange={(value) => void navigate({ to: "/decide", search: { tab: value } })} />
      {tab === "months" ? <Months /> : <><Waiting /><UnderWay /></>}
    </Page>
  );
}

function Row({ what, children }: { what: ReactNode; children: ReactNode }) {
  return <li className="line"><div className="what">{what}</div><span className="row">{children}</span></li>;
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
