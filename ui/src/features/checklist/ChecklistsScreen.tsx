import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useFresh, useList, useOffice, useRecords } from "../../api";
import type { ItemOrigin } from "../../api/generated/ItemOrigin";
import { ErrorNotice, Page, Paged, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { SentHere } from "../flow";
import { RowLinks } from "../rounds/RowLinks";
import { SheetLink } from "../sheet";
import { AcceptItemDialog, maySeeTo } from "./AcceptItemDialog";
import { allItems, ItemFilters, useItemFilters } from "./filters";
import { ItemLine } from "./ItemLine";
import { ProgressDialog } from "./ProgressDialog";

const origins: readonly ItemOrigin[] = ["superior", "own", "rectification"];

/** 清单: 上级交办, 本支部, 整改. */
export function ChecklistsScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = origins.find((one) => one === search.tab) ?? "superior";
  return (
    <Page title={t("checklist.title")} writes links={<><Link to="/flows" search={{ tab: tab === "rectification" ? tab : "case" }} className="ant-btn">{t("flow.title")}</Link><SheetLink kind={tab === "rectification" ? "rectification" : "checklist"} /></>} actions={
      tab === "superior" ? null : (
        <>
          {tab === "own" ? <Link to="/templates" className="ant-btn">{t("template.fromTemplate")}</Link> : null}
          <Button type="primary" onClick={() => void navigate({ to: "/item", search: { tab } })}>{t("checklist.newOne")}</Button>
        </>
      )
    }>
      <Tabs label={t("checklist.title")} value={tab} options={origins.map((value) => ({ value, label: t(`checklist.${value}`) }))}
        onChange={(value) => void navigate({ to: "/checklists", search: { tab: value } })} />
      {tab === "superior" ? <RowLinks /> : null}
      {tab === "own" ? null : <SentHere {...(tab === "rectification" ? { flows: ["rectification"] } : {})} />}
      <List key={tab} origin={tab} initialText={search.text ?? ""} openId={search.id ?? null} accepting={search.draft === "accept"} />
    </Page>
  );
}

function List({ origin, initialText, openId, accepting }: { origin: ItemOrigin; initialText: string; openId: string | null; accepting: boolean }) {
  const { t } = useTexts();
  const { year } = useOffice();
  const filters = useItemFilters(initialText);
  const records = useRecords();
  const [open, setOpen] = useState(openId);
  const [accepts, setAccepts] = useState(accepting);
  /** Asked for by the address; a button stands only where it may be done. */
  const [led, setLed] = useState(accepting);
  const list = useList("checklist.list", { ...allItems, ...filters.part, origin, year });
  // By its id: one that is asked for from elsewhere may be far down the list, or of another year.
  const found = useFresh("checklist.get", { id: open ?? "" }, { enabled: open !== null });
  const chosen = open === null ? undefined : found.data;
  if (led && chosen) {
    setLed(false);
    if (!records || !maySeeTo(chosen)) setOpen(null);
  }
  return (
    <>
      <ItemFilters filters={filters} accepts={origin === "rectification"} />
      <Paged list={list}>{(row) => {
        const fresh = row.origin === "superior" && !row.acknowledged;
        const label = t(fresh ? "checklist.acknowledge" : "checklist.progress");
        return (
          <ItemLine key={row.id} row={row}>
            {row.origin === "superior" ? null : <Link to="/item" search={{ id: row.id, tab: row.origin }}>{t("checklist.edit")}</Link>}
            {records && maySeeTo(row) ? (
              <Button onClick={() => { setAccepts(true); setOpen(row.id); }} aria-label={`${t("checklist.acceptOwn")} ${row.title}`}>{t("checklist.acceptOwn")}</Button>
            ) : null}
            <Button onClick={() => { setAccepts(false); setOpen(row.id); }} aria-label={`${label} ${row.title}`}>{label}</Button>
          </ItemLine>
        );
      }}</Paged>
      {open !== null && found.isError ? <ErrorNotice error={found.error} /> : null}
      {chosen && accepts && !led ? <AcceptItemDialog row={chosen} onClose={() => setOpen(null)} /> : null}
      {chosen && !accepts ? <ProgressDialog row={chosen} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
