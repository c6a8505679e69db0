import { Button } from "antd";
import { useState } from "react";
import { nothing, useList, useOffice, useQuery } from "../../api";
import { ErrorNotice, Paged, SelectField } from "../../components";
import { useTexts } from "../../locales";
import { allItems, ItemFilters, useItemFilters } from "./filters";
import { ItemDecideDialog } from "./ItemDecideDialog";
import { ItemLine } from "./ItemLine";

/** 已交办: what was sent down, office by office, and where it stands there. */
export function BelowItems({ openId }: { openId: string | null }) {
  const { t } = useTexts();
  const { year } = useOffice();
  const filters = useItemFilters();
  const [of, setOf] = useState("");
  const [open, setOpen] = useState(openId);
  const tree = useQuery("org.tree", nothing);
  const list = useList("checklist.list", { ...allItems, ...filters.part, below: true, office: of || null, origin: "superior", year });
  const found = useQuery("checklist.get", { id: open ?? "" }, { enabled: open !== null });
  const chosen = open === null ? undefined : found.data;
  const offices = (tree.data ?? []).flatMap((node) => (node.depth > 0 && node.id !== null ? [{ value: node.id, label: node.name }] : []));
  return (
    <>
      <SelectField label={t("ledger.office")} value={of} empty={t("ledger.allOffices")} options={offices} onChange={setOf} />
      <ItemFilters filters={filters} byOffice />
      <Paged list={list}>{(row) => (
        <ItemLine key={row.id} row={row} office>
          <Button onClick={() => setOpen(row.id)} aria-label={`${t("month.look")} ${row.officeName} ${row.title}`}>{t("month.look")}</Button>
        </ItemLine>
      )}</Paged>
      {open !== null && found.isError ? <ErrorNotice error={found.error} /> : null}
      {chosen ? <ItemDecideDialog key={chosen.id} row={chosen} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
