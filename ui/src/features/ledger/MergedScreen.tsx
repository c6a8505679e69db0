import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, saveFile, useAsk, useList, useOffice, useQuery } from "../../api";
import type { MergedRow } from "../../api/generated/MergedRow";
import { Check, ErrorNotice, Filters, Page, Paged, RecordMarks, SelectField, Tabs, TextField, useSettled, useToast } from "../../components";
import { useTexts } from "../../locales";
import { AbsentUnits } from "./AbsentUnits";
import { MergedGroups } from "./MergedGroups";
import { RecordDialog } from "./RecordDialog";
import { type Grouping, groupings, stateWord } from "./words";
import "./matrix.css";

const ledgers = ["visits", "concerns", "meetings", "dues", "checklists"] as const;
const sorts = ["date", "office", "title", "state"] as const;

/** 合并台账: the records of all subordinates as one list, filtered and grouped; who is absent is said beside it. */
export function MergedScreen() {
  const texts = useTexts();
  const { t, code } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year } = useOffice();
  const ask = useAsk();
  const say = useToast();
  const [text, setText] = useState(search.text ?? "");
  const [state, setState] = useState("");
  const [kind, setKind] = useState("");
  const [late, setLate] = useState(false);
  const [sort, setSort] = useState("");
  const [opened, setOpened] = useState<MergedRow | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const typed = useSettled(text.trim());
  const ledger = ledgers.find((one) => one === search.ledger) ?? "visits";
  const by = groupings.find((one) => one === search.tab) ?? "";
  const part = { ledger, office: search.office ?? null, month: search.month ?? null, year, text: typed || null, state: state || null, kind: kind || null, late: late ? true : null };
  const listed: Input<"merged.list"> = { ...part, sort: sort || null, offset: 0, limit: 0 };
  const tree = useQuery("org.tree", nothing);
  const numbers = useQuery("merged.groups", { ...part, by }, { keep: true });
  const offices = (tree.data ?? []).flatMap((node) => (node.depth > 0 && node.id !== null ? [{ value: node.id, label: node.name }] : []));

  const chosen = [
    offices.find((one) => one.value === search.office)?.label ?? t("ledger.allOffices"), search.month === undefined ? t("ledger.allMonths") : texts.month(search.month),
    kind ? code("record", kind) : "", state ? stateWord(texts, ledger, state) : "", by ? t(`ledger.by_${by}`) : "", late ? t("ledger.lateOnly") : "", typed ? `“${typed}”` : "",
  ];

  /** Another ledger has other kinds and states. */
  function choose(next: string) {
    setState("");
    setKind("");
    void navigate({ to: "/merged", search: { ...search, ledger: next } });
  }

  /** From a group to its records. */
  function drill(key: string) {
    if (by === "unit") return void navigate({ to: "/merged", search: { ...search, tab: undefined, office: key } });
    if (by === "month") return void navigate({ to: "/merged", search: { ...search, tab: undefined, month: Number(key.slice(5, 7)) } });
    if (by === "kind") setKind(key);
    else setState(key);
    void navigate({ to: "/merged", search: { ...search, tab: undefined } });
  }

  async function save() {
    setFailed(null);
    try {
      const file = await ask("merged.export", listed);
      await saveFile(file);
      say(t("common.saving", { name: file.name }));
    } catch (reason) {
      setFailed(reason);
    }
  }

  return (
    <Page title={t("ledger.merged")} links={<Button onClick={() => void save()}>{t("ledger.export")}</Button>}>
      <Tabs label={t("ledger.merged")} value={ledger} options={ledgers.map((value) => ({ value, label: t(`ledger.${value}`) }))} onChange={choose} />
      {failed ? <ErrorNotice error={failed} /> : null}
      <Filters chosen={chosen}>
        <SelectField label={t("ledger.office")} value={search.office ?? ""} empty={t("ledger.allOffices")} options={offices}
          onChange={(office) => void navigate({ to: "/merged", search: { ...search, office: office || undefined } })} />
        <SelectField label={t("common.month")} value={search.month === undefined ? "" : String(search.month)} empty={t("ledger.allMonths")}
          options={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: texts.month(index + 1) }))}
          onChange={(month) => void navigate({ to: "/merged", search: { ...search, month: month ? Number(month) : undefined } })} />
        <SelectField label={t("ledger.kind")} value={kind} empty={t("ledger.anyKind")} onChange={setKind}
          options={(numbers.data?.kinds ?? []).map((value) => ({ value, label: code("record", value) }))} />
        <SelectField label={t("ledger.state")} value={state} empty={t("ledger.anyState")} onChange={setState}
          options={(numbers.data?.states ?? []).map((value) => ({ value, label: stateWord(texts, ledger, value) }))} />
        <SelectField<Grouping> label={t("ledger.groupBy")} value={by} empty={t("ledger.by_none")}
          options={groupings.map((value) => ({ value, label: t(`ledger.by_${value}`) }))}
          onChange={(tab) => void navigate({ to: "/merged", search: { ...search, tab: tab || undefined } })} />
        <SelectField label={t("ledger.sort")} value={sort} empty={t("ledger.sort_newest")} onChange={setSort}
          options={[...sorts, ...(ledger === "dues" ? (["amountFen"] as const) : [])].map((value) => ({ value, label: t(`ledger.sort_${value}`) }))} />
        <TextField label={t("ledger.filter")} value={text} onChange={setText} />
        <Check label={t("ledger.lateOnly")} checked={late} onChange={setLate} />
      </Filters>
      <AbsentUnits units={numbers.data?.absent ?? []} />
      {by ? <MergedGroups query={numbers} by={by} ledger={ledger} onOpen={drill} /> : <Rows input={listed} ledger={ledger} onOpen={setOpened} />}
      {opened ? <RecordDialog row={opened} ledger={ledger} onClose={() => setOpened(null)} /> : null}
    </Page>
  );
}

function Rows({ input, ledger, onOpen }: { input: Input<"merged.list">; ledger: string; onOpen: (row: MergedRow) => void }) {
  const list = useList("merged.list", input);
  return <Paged list={list}>{(row) => <Row key={`${row.office} ${row.id}`} row={row} ledger={ledger} onOpen={() => onOpen(row)} />}</Paged>;
}

function Row({ row, ledger, onOpen }: { row: MergedRow; ledger: string; onOpen: () => void }) {
  const texts = useTexts();
  const { t, code, date, yuan, several } = texts;
  const name = /^\d{4}-\d{2}$/.test(row.title) ? t("ledger.duesOf", { month: date(row.title) }) : row.title || t("ledger.none");
  return (
    <li className="line">
      <div className="what">
        <button type="button" className="plain-button" onClick={onOpen} aria-haspopup="dialog"><strong>{name}</strong></button>
        <div className="soft">
          {[row.officeName, date(row.date), several(row.kind.split(",").filter(Boolean).map((kind) => code("record", kind))), row.state ? stateWord(texts, ledger, row.state) : ""].filter(Boolean).join(" · ")}
        </div>
      </div>
      <span className="row">
        {row.amountFen === null ? null : <span className="num">{t("common.yuan", { n: yuan(row.amountFen) })}</span>}
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
      </span>
    </li>
  );
}
