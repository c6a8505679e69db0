import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery, useRecords } from "../../api";
import type { FillTemplate } from "../../api/generated/FillTemplate";
import { Blank, Dialog, ErrorNotice, Loaded, Mark, Page } from "../../components";
import { useTexts } from "../../locales";
import { sheetName } from "../sheet/kinds";
import { AddDialog } from "./AddDialog";
import { FormScreen } from "./FormScreen";
import "./fill.css";

/** 上级模板: the forms that are kept, or one of them. */
export function FormsScreen() {
  const { id, tab } = useSearch({ strict: false });
  return id ? <FormScreen key={id} id={id} tab={tab === "make" ? "make" : "map"} /> : <Forms />;
}

function Forms() {
  const texts = useTexts();
  const { t, date } = texts;
  const navigate = useNavigate();
  const writes = useRecords();
  const list = useQuery("fill.list", nothing);
  const kinds = useQuery("sheet.list", nothing);
  const [adding, setAdding] = useState<FillTemplate | "new" | null>(null);
  const [removing, setRemoving] = useState<FillTemplate | null>(null);
  const openForm = (id: string, tab: string) => void navigate({ to: "/templates-xlsx", search: { id, tab } });
  return (
    <Page title={t("fill.title")} actions={<Button type="primary" onClick={() => setAdding("new")}>{t("fill.add")}</Button>}>
      <p className="soft">{t("fill.lead")}</p>
      <Loaded query={list}>
        {(rows) => rows.length === 0 ? <Blank>{t("fill.none")}</Blank> : (
          <ul className="card flush list">
            {rows.map((row) => (
              <li key={row.id} className="line">
                <div className="what">
                  <strong>{row.name}</strong>
                  <div className="soft">{sheetName(texts, row.kind, kinds.data)} · {row.file} · {t("fill.addedOn", { date: date(row.addedOn) })}</div>
                </div>
                <span className="row">
                  {row.places > 0 ? <Mark tone="green">{t("fill.places", { n: row.places })}</Mark> : <Mark tone="yellow">{t("fill.noPlaces")}</Mark>}
                  <Button aria-label={`${t("fill.make")} ${row.name}`} disabled={row.places === 0} onClick={() => openForm(row.id, "make")}>{t("fill.make")}</Button>
                  <Button aria-label={`${t("fill.map")} ${row.name}`} onClick={() => openForm(row.id, "map")}>{t("fill.map")}</Button>
                  {writes ? <Button aria-label={`${t("fill.replace")} ${row.name}`} onClick={() => setAdding(row)}>{t("fill.replace")}</Button> : null}
                  <Button aria-label={`${t("fill.remove")} ${row.name}`} onClick={() => setRemoving(row)}>{t("fill.remove")}</Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {adding ? <AddDialog former={adding === "new" ? null : adding} kinds={kinds.data ?? []} onClose={() => setAdding(null)} onKept={(id) => openForm(id, "map")} /> : null}
      {removing ? <RemoveDialog row={removing} onClose={() => setRemoving(null)} /> : null}
    </Page>
  );
}

function RemoveDialog({ row, onClose }: { row: FillTemplate; onClose: () => void }) {
  const { t } = useTexts();
  const remove = useCommand("fill.remove");
  return (
    <Dialog title={t("fill.remove")} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={remove.isPending} onClick={() => remove.mutate({ id: row.id }, { onSuccess: onClose })}>{t("fill.remove")}</Button>
      </>
    }>
      <p>{t("fill.removeAsk", { name: row.name })}</p>
      {remove.error ? <ErrorNotice error={remove.error} /> : null}
    </Dialog>
  );
}
