import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { nothing, useList, useOffice, useQuery } from "../../api";
import type { MergedRow } from "../../api/generated/MergedRow";
import { HistoryButton, Page, Paged, RecordMarks, SelectField, Tabs, TextField } from "../../components";
import { useTexts } from "../../locales";

const ledgers = ["visits", "concerns", "meetings", "dues", "checklists"] as const;

/** 合并台账: the records of all subordinates as one list. */
export function MergedScreen() {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year } = useOffice();
  const [text, setText] = useState(search.text ?? "");
  const tree = useQuery("org.tree", nothing);
  const ledger = ledgers.find((one) => one === search.ledger) ?? "visits";
  const list = useList("merged.list", {
    ledger, office: search.office ?? null, month: search.month ?? null, year, text: text.trim() || null, sort: null, offset: 0, limit: 0,
  });
  const offices = (tree.data ?? []).flatMap((node) => (node.depth > 0 && node.id !== null ? [{ value: node.id, label: node.name }] : []));
  return (
    <Page title={t("ledger.merged")}>
      <Tabs label={t("ledger.merged")} value={ledger} options={ledgers.map((value) => ({ value, label: t(`ledger.${value}`) }))}
        onChange={(value) => void navigate({ to: "/merged", search: { ...search, ledger: value } })} />
      <div className="fields">
        <SelectField label={t("ledger.office")} value={search.office ?? ""} empty={t("ledger.allOffices")} options={offices}
          onChange={(office) => void navigate({ to: "/merged", search: { ...search, office: office || undefined } })} />
        <SelectField label={t("common.month")} value={search.month === undefined ? "" : String(search.month)} empty={t("ledger.allMonths")}
          options={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: texts.month(index + 1) }))}
          onChange={(month) => void navigate({ to: "/merged", search: { ...search, month: month ? Number(month) : undefined } })} />
        <TextField label={t("ledger.filter")} value={text} onChange={setText} />
      </div>
      <Paged list={list}>{(row) => <Row key={row.id} row={row} />}</Paged>
    </Page>
  );
}

function Row({ row }: { row: MergedRow }) {
  const { t, code, date, yuan, several } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <strong>{/^\d{4}-\d{2}$/.test(row.title) ? t("ledger.duesOf", { month: date(row.title) }) : row.title}</strong>
        <div className="soft">
          {[row.officeName, date(row.date), several(row.kind.split(",").filter(Boolean).map((kind) => code("record", kind))), row.state ? code("record", row.state) : ""].filter(Boolean).join(" · ")}
        </div>
      </div>
      <span className="row">
        {row.amountFen === null ? null : <span className="num">{t("common.yuan", { n: yuan(row.amountFen) })}</span>}
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
        <HistoryButton id={row.id} name={row.title} />
      </span>
    </li>
  );
}
