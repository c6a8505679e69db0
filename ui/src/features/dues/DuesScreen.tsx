import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { listInput, useOffice, useQuery } from "../../api";
import { Blank, Loaded, Page, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { CellDialog } from "./CellDialog";
import { CollectBar } from "./CollectBar";
import { DuesGrid } from "./DuesGrid";
import { StandardTable } from "./StandardTable";
import { openEntries } from "./sums";
import "./dues.css";

/** 党费: who paid which month, and by which standard. */
export function DuesScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year } = useOffice();
  const tab = search.tab === "standard" ? "standard" : "collect";
  const sheet = useQuery("dues.sheet", listInput({ year }));
  return (
    <Page title={t("dues.title")}>
      <Tabs label={t("dues.title")} value={tab} onChange={(value) => void navigate({ to: "/dues", search: { tab: value } })}
        options={[{ value: "collect", label: t("dues.tabCollect") }, { value: "standard", label: t("dues.tabStandard") }]} />
      <Loaded query={sheet}>
        {(data) => {
          if (data.rows.length === 0) return <Blank>{t("errors.nobody_due")}</Blank>;
          return tab === "standard" ? <StandardTable sheet={data} /> : <Collect key={data.year} sheet={data} />;
        }}
      </Loaded>
    </Page>
  );
}

function Collect({ sheet }: { sheet: Parameters<typeof DuesGrid>[0]["sheet"] }) {
  const { overview } = useOffice();
  const thisMonth = overview?.clockPlausible && overview.today.startsWith(String(sheet.year)) ? Number(overview.today.slice(5, 7)) : 1;
  const past = overview?.clockPlausible ? sheet.year < Number(overview.today.slice(0, 4)) : true;
  const lastMonth = past ? 12 : thisMonth;
  const [month, setMonth] = useState(thisMonth);
  /** Members ticked while collecting; none: just looking. */
  const [ticked, setTicked] = useState<ReadonlySet<string> | null>(null);
  const [cell, setCell] = useState<{ member: string; month: number } | null>(null);
  const row = sheet.rows.find((one) => one.member === cell?.member);

  function toggle(member: string) {
    if (!ticked) return;
    const next = new Set(ticked);
    if (!next.delete(member)) next.add(member);
    setTicked(next);
  }

  return (
    <>
      <CollectBar sheet={sheet} month={month} ticked={ticked}
        onMonth={(value) => { setMonth(value); setTicked(null); }}
        onStart={() => setTicked(new Set(openEntries(sheet, month).map((entry) => entry.member)))}
        onStop={() => setTicked(null)} />
      <DuesGrid sheet={sheet} month={month} lastMonth={lastMonth} ticked={ticked} onToggle={toggle} onCell={(member, at) => setCell({ member, month: at })} />
      {row && cell ? <CellDialog row={row} year={sheet.year} month={cell.month} onClose={() => setCell(null)} /> : null}
    </>
  );
}
