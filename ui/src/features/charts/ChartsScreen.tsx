import { Button } from "antd";
import { useState } from "react";
import { useOffice, useQuery } from "../../api";
import { Choice, Loaded, Page } from "../../components";
import { useTexts } from "../../locales";
import { plus } from "../calendar/days";
import { ChartCard } from "./ChartCard";
import { ClosureCard } from "./ClosureCard";
import { ahead, completeness, WEEKS } from "./numbers";
import "./charts.css";

const ledgers = ["meetings", "visits", "dues", "checklists"] as const;
type Ledger = (typeof ledgers)[number];

/** 图表: closure over time, completeness by month, deadlines ahead. Units stand in tree order; people are never counted. */
export function ChartsScreen() {
  const { t, date } = useTexts();
  const { office, overview } = useOffice();
  return (
    <Page title={t("charts.title")} links={<Button onClick={() => globalThis.print()}>{t("charts.print")}</Button>}>
      <p className="soft print-only">{office?.name} · {date(overview?.today ?? null)}</p>
      <Completeness />
      <Ahead />
      <ClosureCard />
    </Page>
  );
}

function Completeness() {
  const texts = useTexts();
  const { t } = texts;
  const { year } = useOffice();
  const [ledger, setLedger] = useState<Ledger>("meetings");
  const matrix = useQuery("matrix", { ledger, year }, { keep: true });
  const filters = (
    <div className="no-print"><Choice<Ledger> label={t("charts.ledger")} value={ledger} onChange={setLedger} options={ledgers.map((value) => ({ value, label: t(`ledger.${value}`) }))} /></div>
  );
  return (
    <Loaded query={matrix}>
      {(data) => <ChartCard title={t("charts.completeness")} what={t("charts.completenessWhat", { ledger: t(`ledger.${ledger}`), year: data.year })} drawn={completeness(texts, data)} filters={filters} />}
    </Loaded>
  );
}

function Ahead() {
  const texts = useTexts();
  const { t, date } = texts;
  const { overview } = useOffice();
  const today = overview?.today ?? "2026-01-01";
  const query = useQuery("desk.calendar", { from: today, to: plus(today, WEEKS * 7 - 1), office: null, kinds: [] });
  return (
    <Loaded query={query}>
      {(data) => <ChartCard title={t("charts.ahead")} what={t("charts.aheadWhat", { date: date(today) })} drawn={ahead(texts, today, data)} />}
    </Loaded>
  );
}
