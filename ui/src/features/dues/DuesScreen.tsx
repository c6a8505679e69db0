import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useOffice, useQuery } from "../../api";
import type { DoublePlace } from "../../api/generated/DoublePlace";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { Blank, Loaded, Notice, Page, Pages, Tabs, TextField, useEver, useOffset, useSettled } from "../../components";
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
  const { year } = useOffice();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search.tab) ?? "collect";
  const label = { collect: t("dues.tabCollect"), standard: t("dues.tabStandard"), arrears: t("dues.tabArrears"), ledger: t("dues.tabLedger"), remit: t("dues.tabRemit"), notice: t("dues.tabNotice") };
  return (
    <Page title={t("dues.title")} links={tab === "ledger" ? <SheetLink kind="dues_ledger" /> : tab === "notice" ? <SheetLink kind="dues_notice" /> : null}>
      <Tabs label={t("dues.title")} value={tab} onChange={(value) => void navigate({ to: "/dues", search: { tab: value } })}
        options={tabs.map((value) => ({ value, label: label[value] }))} />
      {tab === "collect" ? <CollectTab key={year} /> : null}
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
  const { year, overview } = useOffice();
  const [name, setName] = useState("");
  const text = useSettled(name.trim());
  const [offset, turn] = useOffset(text);
  const sheet = useQuery("dues.sheet", listInput({ year, offset, text: text || null }), { keep: true });
  // Until the page that is asked for is here, what is shown is another's: nothing is collected of it.
  const waits = sheet.isPlaceholderData || name.trim() !== text;
  const filtered = useEver(name !== "" || offset > 0 || (sheet.data !== undefined && sheet.data.rows.length < sheet.data.total));
  const today = overview?.clockPlausible && overview.today.startsWith(String(year)) ? Number(overview.today.slice(5, 7)) : 1;
  // Month and way stay from page to page.
  const [chosen, setChosen] = useState<number | null>(null);
  const [quarterly, setQuarterly] = useState(false);
  /** Members ticked while collecting; none: just looking. */
  const [ticked, setTicked] = useState<ReadonlySet<string> | null>(null);
  const month = chosen ?? today;
  const tick = (members: ReadonlySet<string> | null) => {
    setChosen(month);
    setTicked(members);
  };
  return (
    <Loaded query={sheet}>
      {(data) => (
        <>
          {filtered ? <TextField label={t("dues.filter")} value={name} hint={t("dues.pageHint")} disabled={ticked !== null} onChange={setName} /> : null}
          {data.rows.length === 0 ? <Blank>{text === "" && !waits ? t("errors.nobody_due") : t("common.noSuchMember")}</Blank> : (
            <Collect sheet={data} page={`${offset} ${text}`} waits={waits} month={month} thisMonth={today} quarterly={quarterly} ticked={ticked} onTick={tick}
              onMonth={setChosen} onQuarterly={setQuarterly} />
          )}
          <Pages total={data.total} offset={offset} shown={data.rows.length} still={ticked !== null} onTurn={turn} />
        </>
      )}
    </Loaded>
  );
}

function Collect({ sheet, page, waits, month, thisMonth, quarterly, ticked, onTick, onMonth, onQuarterly }: {
  sheet: DuesSheet;
  /** Which page and filter it is; another begins at its first row. */
  page: string;
  /** Another page is asked for: this one is only looked at. */
  waits: boolean;
  month: number;
  thisMonth: number;
  quarterly: boolean;
  ticked: ReadonlySet<string> | null;
  onTick: (members: ReadonlySet<string> | null) => void;
  onMonth: (month: number) => void;
  onQuarterly: (on: boolean) => void;
}) {
  const { overview } = useOffice();
  const past = overview?.clockPlausible ? sheet.year < Number(overview.today.slice(0, 4)) : true;
  const lastMonth = past ? 12 : thisMonth;
  const [cell, setCell] = useState<{ member: string; month: number } | null>(null);
  const [member, setMember] = useState<string | null>(null);
  const row = sheet.rows.find((one) => one.member === cell?.member);
  const open = byMember(openEntries(sheet, monthsOf(month, quarterly)));

  function toggle(id: string) {
    if (!ticked) return;
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    onTick(next);
  }

  return (
    <>
      <CollectBar sheet={sheet} month={month} quarterly={quarterly} ticked={ticked} waits={waits}
        onMonth={(value) => { onTick(null); onMonth(value); }}
        onQuarterly={(on) => { onTick(null); onQuarterly(on); }}
        onStart={() => onTick(new Set(open.keys()))}
        onStop={() => onTick(null)} />
      <Doubles sheet={sheet} onCell={(id, at) => setCell({ member: id, month: at })} onMember={setMember} />
      <DuesGrid key={page} sheet={sheet} month={month} lastMonth={lastMonth} ticked={ticked} open={open} onToggle={toggle}
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
