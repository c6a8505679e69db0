import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useOffice, useQuery } from "../../api";
import type { DoublePlace } from "../../api/generated/DoublePlace";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { Blank, Loaded, Notice, Page, Pages, Tabs, TextField, useSettled } from "../../components";
import { useTexts } from "../../locales";
import { SheetLink } from "../sheet";
import { ArrearsTab } from "./ArrearsTab";
import { CellDialog } from "./CellDialog";
import { CollectBar } from "./CollectBar";
import { DuesGrid } from "./DuesGrid";
import { LedgerTab } from "./LedgerTab";
import { MemberPanel } from "./MemberPanel";
import { NoticeTab } from "./NoticeTab";
import { RemitTab } from "./RemitTab";
import { StandardTab } from "./StandardTab";
import { byMember, monthsOf, openEntries } from "./sums";
import "./dues.css";

const tabs = ["collect", "standard", "arrears", "ledger", "remit", "notice"] as const;

/** 党费: who paid which month, by which standard, what went up, and what is published. */
export function DuesScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search.tab) ?? "collect";
  const label = { collect: t("dues.tabCollect"), standard: t("dues.tabStandard"), arrears: t("dues.tabArrears"), ledger: t("dues.tabLedger"), remit: t("dues.tabRemit"), notice: t("dues.tabNotice") };
  return (
    <Page title={t("dues.title")} links={tab === "ledger" ? <SheetLink kind="dues_ledger" /> : tab === "notice" ? <SheetLink kind="dues_notice" /> : null}>
      <Tabs label={t("dues.title")} value={tab} onChange={(value) => void navigate({ to: "/dues", search: { tab: value } })}
        options={tabs.map((value) => ({ value, label: label[value] }))} />
      {tab === "collect" ? <CollectTab /> : null}
      {tab === "standard" ? <StandardTab /> : null}
      {tab === "arrears" ? <ArrearsTab /> : null}
      {tab === "ledger" ? <LedgerTab /> : null}
      {tab === "remit" ? <RemitTab /> : null}
      {tab === "notice" ? <NoticeTab /> : null}
    </Page>
  );
}

function CollectTab() {
  const { t } = useTexts();
  const { year } = useOffice();
  const [name, setName] = useState("");
  const [offset, setOffset] = useState(0);
  const text = useSettled(name.trim());
  const sheet = useQuery("dues.sheet", listInput({ year, offset, text: text || null }), { keep: true });
  return (
    <Loaded query={sheet}>
      {(data) => (
        <>
          {name === "" && offset === 0 && data.rows.length >= data.total ? null : (
            <TextField label={t("dues.filter")} value={name} hint={t("dues.pageHint")} onChange={(typed) => { setName(typed); setOffset(0); }} />
          )}
          {data.rows.length === 0 ? <Blank>{t("errors.nobody_due")}</Blank> : <Collect key={`${data.year} ${offset} ${text}`} sheet={data} />}
          <Pages total={data.total} offset={offset} shown={data.rows.length} onTurn={setOffset} />
        </>
      )}
    </Loaded>
  );
}

function Collect({ sheet }: { sheet: DuesSheet }) {
  const { overview } = useOffice();
  const thisMonth = overview?.clockPlausible && overview.today.startsWith(String(sheet.year)) ? Number(overview.today.slice(5, 7)) : 1;
  const past = overview?.clockPlausible ? sheet.year < Number(overview.today.slice(0, 4)) : true;
  const lastMonth = past ? 12 : thisMonth;
  const [month, setMonth] = useState(thisMonth);
  const [quarterly, setQuarterly] = useState(false);
  /** Members ticked while collecting; none: just looking. */
  const [ticked, setTicked] = useState<ReadonlySet<string> | null>(null);
  const [cell, setCell] = useState<{ member: string; month: number } | null>(null);
  const [member, setMember] = useState<string | null>(null);
  const row = sheet.rows.find((one) => one.member === cell?.member);
  const open = byMember(openEntries(sheet, monthsOf(month, quarterly)));

  function toggle(id: string) {
    if (!ticked) return;
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  }

  return (
    <>
      <CollectBar sheet={sheet} month={month} quarterly={quarterly} ticked={ticked}
        onMonth={(value) => { setMonth(value); setTicked(null); }}
        onQuarterly={(on) => { setQuarterly(on); setTicked(null); }}
        onStart={() => setTicked(new Set(open.keys()))}
        onStop={() => setTicked(null)} />
      <Doubles sheet={sheet} onCell={(id, at) => setCell({ member: id, month: at })} onMember={setMember} />
      <DuesGrid sheet={sheet} month={month} lastMonth={lastMonth} ticked={ticked} open={open} onToggle={toggle}
        onCell={(id, at) => setCell({ member: id, month: at })} onMember={setMember} />
      {row && cell ? <CellDialog row={row} year={sheet.year} month={cell.month} onClose={() => setCell(null)} /> : null}
      {member ? <MemberPanel member={member} year={sheet.year} onClose={() => setMember(null)} /> : null}
    </>
  );
}

/** 疑似重复: each place leads to where it is settled; one of another year, to that year first. */
function Doubles({ sheet, onCell, onMember }: { sheet: DuesSheet; onCell: (member: string, month: number) => void; onMember: (member: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const { chooseYear } = useOffice();
  if (sheet.doubles.length === 0) return null;
  const open = ({ member, year, month }: DoublePlace) => {
    if (year !== sheet.year) chooseYear(year);
    // Of somebody on another page the whole account is shown.
    else if (month === null || !sheet.rows.some((row) => row.member === member)) onMember(member);
    else onCell(member, month);
  };
  return (
    <Notice tone="yellow">
      {t("dues.doubles", { n: sheet.doubles.length })}
      <div className="row">
        {sheet.doubles.map((one) => (
          <Button key={`${one.member} ${one.year} ${one.month ?? ""}`} onClick={() => open(one)}>
            {[one.name, one.year === sheet.year ? "" : t("dues.ofYear", { year: one.year }), one.month === null ? t("dues.extra") : texts.month(one.month)].filter(Boolean).join(" ")}
          </Button>
        ))}
      </div>
    </Notice>
  );
}
