import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useList, useQuery } from "../../api";
import type { ItemOrigin } from "../../api/generated/ItemOrigin";
import type { ItemRow } from "../../api/generated/ItemRow";
import { ErrorNotice, Mark, Page, Paged, RecordMarks, Tabs, TextField, type Tone } from "../../components";
import { useTexts } from "../../locales";
import { ProgressDialog } from "./ProgressDialog";

const origins: readonly ItemOrigin[] = ["superior", "own", "rectification"];
export const itemTones: Record<ItemRow["state"], Tone> = { open: "grey", in_progress: "blue", done: "green" };

/** 清单: 上级交办, 本支部, 整改. */
export function ChecklistsScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = origins.find((one) => one === search.tab) ?? "superior";
  return (
    <Page title={t("checklist.title")} writes actions={
      tab === "superior" ? null : (
        <Button type="primary" onClick={() => void navigate({ to: "/item", search: { tab } })}>{t("checklist.newOne")}</Button>
      )
    }>
      <Tabs label={t("checklist.title")} value={tab} options={origins.map((value) => ({ value, label: t(`checklist.${value}`) }))}
        onChange={(value) => void navigate({ to: "/checklists", search: { ...search, tab: value } })} />
      <List key={tab} origin={tab} initialText={search.text ?? ""} openId={search.id ?? null} />
    </Page>
  );
}

function List({ origin, initialText, openId }: { origin: ItemOrigin; initialText: string; openId: string | null }) {
  const { t } = useTexts();
  const [text, setText] = useState(initialText);
  const [open, setOpen] = useState(openId);
  const list = useList("checklist.list", listInput({ text: text.trim() || null, state: `origin:${origin}` }));
  // By its id: one that is asked for from elsewhere may be far down the list, or of another year.
  const found = useQuery("checklist.get", { id: open ?? "" }, { enabled: open !== null });
  const chosen = open === null ? undefined : found.data;
  return (
    <>
      <TextField label={t("checklist.filter")} value={text} onChange={setText} />
      <Paged list={list}>{(row) => <Row key={row.id} row={row} onOpen={() => setOpen(row.id)} />}</Paged>
      {open !== null && found.isError ? <ErrorNotice error={found.error} /> : null}
      {chosen ? <ProgressDialog row={chosen} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Row({ row, onOpen }: { row: ItemRow; onOpen: () => void }) {
  const { t, date } = useTexts();
  const fresh = row.origin === "superior" && row.progress.length === 0;
  return (
    <li className="line">
      <div className="what">
        <strong>{row.title}</strong>
        <div className="soft">
          {[row.person, row.deadline ? t("checklist.until", { date: date(row.deadline) }) : "", row.measure].filter(Boolean).join(" · ")}
        </div>
      </div>
      <span className="row">
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
        {row.overdue ? <Mark tone="yellow">{t("checklist.overdue")}</Mark> : null}
        <Mark tone={fresh ? "yellow" : itemTones[row.state]} glyph={row.state === "done" ? "check" : "info"}>
          {fresh ? t("checklist.notAcknowledged") : t(`checklist.${row.state}`)}
        </Mark>
        {row.origin === "superior" ? null : <Link to="/item" search={{ id: row.id, tab: row.origin }}>{t("checklist.edit")}</Link>}
        <Button onClick={onOpen} aria-label={`${t(fresh ? "checklist.acknowledge" : "checklist.progress")} ${row.title}`}>
          {t(fresh ? "checklist.acknowledge" : "checklist.progress")}
        </Button>
      </span>
    </li>
  );
}
