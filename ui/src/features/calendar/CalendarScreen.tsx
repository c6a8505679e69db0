import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { type Input, nothing, roleOf, useOffice, useQuery } from "../../api";
import type { CalendarEntry } from "../../api/generated/CalendarEntry";
import { Blank, Choice, Filters, Loaded, Page, SelectField, UrgeDialog } from "../../components";
import { useTexts } from "../../locales";
import { AbsentPart } from "./AbsentPart";
import { EntryCard } from "./EntryCard";
import { lastOf, monthPlus } from "./days";
import { MonthGrid } from "./MonthGrid";
import { kinds } from "./words";
import "./calendar.css";

/** 日历: every deadline here and below, as a month or as a list. */
export function CalendarScreen() {
  const { t, code, date } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { office, overview } = useOffice();
  const today = overview?.today ?? "2026-01-01";
  const [chosen, setChosen] = useState(/^\d{4}-\d{2}-\d{2}$/.test(search.id ?? "") ? (search.id ?? today) : today);
  const [kind, setKind] = useState("");
  const [urging, setUrging] = useState<Partial<Input<"desk.urge">> | null>(null);
  const month = chosen.slice(0, 7);
  const view = search.tab === "list" ? "list" : "month";
  const tree = useQuery("org.tree", nothing);
  const query = useQuery("desk.calendar", { from: `${month}-01`, to: lastOf(month), office: search.office ?? null, kinds: kind ? [kind] : [] }, { keep: true });
  const below = (tree.data ?? []).flatMap((node) => (node.id !== null ? [{ value: node.id, label: node.name }] : []));
  const committee = roleOf(office) === "committee";

  function turn(months: number) {
    const next = monthPlus(month, months);
    const last = lastOf(next);
    const same = `${next}-${chosen.slice(8)}`;
    setChosen(same > last ? last : same);
  }

  const urge = (entry: CalendarEntry) => setUrging({ entry: entry.key, day: entry.day, office: search.office ?? null });
  return (
    <Page title={t("calendar.title")} actions={committee ? <Button onClick={() => setUrging({ office: search.office ?? null })}>{t("urge.copy")}</Button> : null}>
      <div className="row apart no-print">
        <div className="row">
          <Button onClick={() => turn(-1)} aria-label={t("calendar.previous")}>‹</Button>
          <strong aria-live="polite">{date(month)}</strong>
          <Button onClick={() => turn(1)} aria-label={t("calendar.next")}>›</Button>
          <Button onClick={() => setChosen(today)}>{t("calendar.thisMonth")}</Button>
        </div>
        <Choice<"month" | "list"> label={t("calendar.view")} value={view} onChange={(tab) => void navigate({ to: "/calendar", search: { ...search, tab } })}
          options={[{ value: "month", label: t("calendar.month") }, { value: "list", label: t("calendar.list") }]} />
      </div>
      <Filters chosen={[below.find((one) => one.value === search.office)?.label ?? (below.length > 1 ? t("calendar.allUnits") : ""), kind ? code("calendar", `kind_${kind}`) : t("calendar.allKinds")]}>
        {below.length > 1 ? (
          <SelectField label={t("calendar.unit")} value={search.office ?? ""} empty={t("calendar.allUnits")} options={below}
            onChange={(one) => void navigate({ to: "/calendar", search: { ...search, office: one || undefined } })} />
        ) : null}
        <SelectField label={t("calendar.kind")} value={kind} empty={t("calendar.allKinds")} onChange={setKind}
          options={kinds.map((value) => ({ value, label: code("calendar", `kind_${value}`) }))} />
      </Filters>
      <Loaded query={query}>
        {(data) => (
          <>
            <AbsentPart units={data.absent} />
            {data.earlier.length > 0 ? <Entries title={t("calendar.earlier")} entries={data.earlier} onUrge={urge} folded={view === "month"} /> : null}
            {view === "list"
              ? (data.entries.length === 0 ? <Blank>{t("calendar.none")}</Blank> : <Entries title={date(month)} entries={data.entries} onUrge={urge} />)
              : <Month month={month} today={data.today} chosen={chosen} entries={data.entries} onChoose={setChosen} onMonth={turn} onUrge={urge} />}
            {committee && !search.office && (kind === "" || kind === "dues_back_payment") ? <p className="soft">{t("calendar.duesBelow")}</p> : null}
          </>
        )}
      </Loaded>
      {urging ? <UrgeDialog about={urging} onClose={() => setUrging(null)} /> : null}
    </Page>
  );
}

function Month({ month, today, chosen, entries, onChoose, onMonth, onUrge }: {
  month: string;
  today: string;
  chosen: string;
  entries: readonly CalendarEntry[];
  onChoose: (day: string) => void;
  onMonth: (months: number) => void;
  onUrge: (entry: CalendarEntry) => void;
}) {
  const { t, date } = useTexts();
  const byDay = useMemo(() => grouped(entries), [entries]);
  const of = byDay.get(chosen) ?? [];
  return (
    <>
      <MonthGrid month={month} today={today} chosen={chosen} byDay={byDay} onChoose={onChoose} onMonth={onMonth} />
      {of.length === 0 ? <Blank>{t("calendar.noneThatDay")}</Blank> : <Entries title={date(chosen)} entries={of} onUrge={onUrge} />}
    </>
  );
}

/** Browsers of 2022 have no `Map.groupBy`. */
function grouped(entries: readonly CalendarEntry[]): Map<string, CalendarEntry[]> {
  const out = new Map<string, CalendarEntry[]>();
  for (const entry of entries) out.set(entry.day, [...(out.get(entry.day) ?? []), entry]);
  return out;
}

/** Cards under a heading; what is folded opens with one press. */
function Entries({ title, entries, onUrge, folded }: {
  title: string;
  entries: readonly CalendarEntry[];
  onUrge: (entry: CalendarEntry) => void;
  folded?: boolean;
}) {
  const list = <ul className="list">{entries.map((entry) => <EntryCard key={entry.key} entry={entry} onUrge={onUrge} />)}</ul>;
  if (folded) return <details className="card flush entries"><summary>{title} ({entries.length})</summary>{list}</details>;
  return <section className="card flush" aria-label={title}><h2 className="list-title">{title}</h2>{list}</section>;
}
