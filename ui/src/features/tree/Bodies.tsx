import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { BodyChangeRow } from "../../api/generated/BodyChangeRow";
import type { BodyList } from "../../api/generated/BodyList";
import type { BodyRow } from "../../api/generated/BodyRow";
import { Blank, Dialog, ErrorNotice, Loaded, Mark, RecordMarks } from "../../components";
import { useTexts } from "../../locales";
import { BodyDialog } from "./BodyDialog";
import { ChangeDialog } from "./ChangeDialog";
import { Notes } from "./words";

/** 本级组织: each with its days, what the rules say and its history. */
export function Bodies({ writes }: { writes: boolean }) {
  const { t } = useTexts();
  const list = useQuery("body.list", nothing);
  const [editing, setEditing] = useState<BodyRow | "new" | null>(null);
  const [changing, setChanging] = useState<BodyRow | null>(null);
  const [striking, setStriking] = useState<BodyChangeRow | null>(null);
  return (
    <section className="card flush" aria-label={t("tree.bodies")}>
      <div className="row apart list-title">
        <h2>{t("tree.bodies")}</h2>
        {writes ? <Button type="primary" onClick={() => setEditing("new")}>{t("tree.add")}</Button> : null}
      </div>
      <p className="list-title soft">{t("tree.bodiesHint")}</p>
      <Loaded query={list}>
        {(found) => (
          <>
            {found.rows.length === 0 ? <Blank>{t("tree.none")}</Blank> : (
              <ul className="list">{found.rows.map((row) => (
                <Body key={row.id} row={row} list={found} writes={writes} onEdit={() => setEditing(row)} onChange={() => setChanging(row)} onVoid={setStriking} />
              ))}</ul>
            )}
            {editing ? <BodyDialog row={editing === "new" ? null : editing} list={found} onClose={() => setEditing(null)} /> : null}
            {changing ? <ChangeDialog row={changing} list={found} onClose={() => setChanging(null)} /> : null}
          </>
        )}
      </Loaded>
      {striking ? <VoidDialog change={striking} onClose={() => setStriking(null)} /> : null}
    </section>
  );
}

function Body({ row, list, writes, onEdit, onChange, onVoid }: {
  row: BodyRow;
  list: BodyList;
  writes: boolean;
  onEdit: () => void;
  onChange: () => void;
  onVoid: (change: BodyChangeRow) => void;
}) {
  const { t, code, date, several } = useTexts();
  const rule = list.kinds.find((kind) => kind.kind === row.kind);
  const facts = [
    row.kind ? code("tree", row.kind) : "",
    row.basis ? code("tree", row.basis) : "",
    row.until ? t("tree.daysUntil", { from: date(row.from), until: date(row.until) }) : t("tree.days", { from: date(row.from) }),
    row.aboveName,
    row.officeName,
    row.decision,
  ].filter(Boolean);
  return (
    <li className="line body-row">
      <div className="what">
        <span className="row">
          <strong>{row.name}</strong>
          {row.state === "current" ? null : <Mark tone="grey" glyph="info">{code("tree", row.state)}</Mark>}
          <RecordMarks custodian={row.custodian} />
        </span>
        <div className="soft">{facts.join(" · ")}</div>
        {row.units.length > 0 ? <div className="soft">{t("tree.unitsAre", { names: several(row.units) })}</div> : null}
        {rule && rule.mayNot.length > 0 && row.state !== "ended" ? (
          <div className="soft">{t("tree.mayNot", { what: several(rule.mayNot.map((duty) => code("tree", duty))) })} {t("tree.rule")} {rule.rule.citation}</div>
        ) : null}
        <Notes notes={row.notes} />
        {row.changes.length > 0 ? (
          <details>
            <summary>{t("tree.history")} {row.changes.length}</summary>
            <ul className="list plain">{row.changes.map((change) => <Change key={change.id} change={change} onVoid={writes && !change.void ? () => onVoid(change) : null} />)}</ul>
          </details>
        ) : null}
      </div>
      {writes ? (
        <div className="row">
          <Button onClick={onChange} aria-label={`${t("tree.change")} ${row.name}`}>{t("tree.change")}</Button>
          <Button onClick={onEdit} aria-label={`${t("tree.edit")} ${row.name}`}>{t("tree.edit")}</Button>
        </div>
      ) : null}
    </li>
  );
}

/** What happened, in words. */
function useChangeWords(): (change: BodyChangeRow) => string {
  const { t, code, date } = useTexts();
  return (change) => {
    if (change.kind === "moved" && change.to === "") return t("tree.change_moved_top");
    if (change.kind === "extended") return change.to === "" ? t("tree.change_extended_open") : t("tree.change_extended", { to: date(change.to) });
    const to = change.kind.startsWith("review_") ? code("tree", change.to) : change.to;
    return code("tree", `change_${change.kind}`, { to });
  };
}

function Change({ change, onVoid }: { change: BodyChangeRow; onVoid: (() => void) | null }) {
  const { t, date } = useTexts();
  const words = useChangeWords();
  return (
    <li className="line">
      <span className="what">
        <span className={change.void ? "struck" : ""}>{date(change.on)} {words(change)}{change.note ? ` · ${change.note}` : ""}</span>
        {change.void ? <> <Mark tone="grey" glyph="info">{t("tree.voided")}</Mark></> : null}
        <RecordMarks custodian={change.custodian} />
      </span>
      {onVoid ? <Button onClick={onVoid}>{t("tree.voidIt")}</Button> : null}
    </li>
  );
}

function VoidDialog({ change, onClose }: { change: BodyChangeRow; onClose: () => void }) {
  const { t, date } = useTexts();
  const words = useChangeWords();
  const strike = useCommand("body.void");
  return (
    <Dialog title={t("tree.voidTitle")} open onClose={onClose} footer={<>
      <Button data-first onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={strike.isPending} onClick={() => strike.mutate({ id: change.id }, { onSuccess: onClose })}>{t("tree.voidIt")}</Button>
    </>}>
      <p>{date(change.on)} {words(change)}</p>
      <p className="soft">{t("tree.voidHint")}</p>
      {strike.isError ? <ErrorNotice error={strike.error} /> : null}
    </Dialog>
  );
}
