import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { TransferRow } from "../../api/generated/TransferRow";
import { Dialog, ErrorNotice, Mark, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "../member/form";
import { transferTones } from "../member/Transfers";
import { useTyped } from "../member/typed";
import { Kind } from "./Kind";

/** Whether the committee has something to do about it. */
export const waitsHere = (row: TransferRow) => row.state === "waiting" || row.state === "to_tell";

/** Transfers between branches: those that wait, and behind them where the others stand. */
export function Transfers({ rows }: { rows: readonly TransferRow[] }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<TransferRow | null>(null);
  const waiting = rows.filter(waitsHere);
  const others = rows.filter((row) => !waitsHere(row));
  return (
    <>
      <Kind title={t("memberFile.transfer")} count={waiting.length}>
        {waiting.map((row) => <Move key={row.id} row={row} onLook={() => setOpen(row)} />)}
      </Kind>
      {others.length > 0 ? (
        <details className="card">
          <summary>{t("month.transfersUnderWay", { n: others.length })}</summary>
          <ul className="list">{others.map((row) => <Move key={row.id} row={row} />)}</ul>
        </details>
      ) : null}
      {open ? <PassDialog row={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Move({ row, onLook }: { row: TransferRow; onLook?: () => void }) {
  const { t, code, date } = useTexts();
  const tell = useCommand("transfer.told");
  return (
    <li className="stack tight">
      <div className="line">
        <div className="what">
          <strong>{row.name}</strong> {t("transfer.dirBelow", { from: row.from, place: row.to ?? row.place })}
          <div className="soft">{[date(row.on), row.letter, code("transfer", `counted_${row.countedBy}`), row.note].filter(Boolean).join(" · ")}</div>
        </div>
        <span className="row">
          <Mark tone={transferTones[row.state] ?? "grey"}>{code("transfer", `state_${row.state}`)}</Mark>
          {onLook && row.state === "waiting" ? <Button onClick={onLook} aria-label={`${t("month.look")} ${row.from} ${row.name}`}>{t("month.look")}</Button> : null}
          {row.state === "to_tell" ? <Button onClick={() => tell.mutate({ id: row.id })}>{t("transfer.tell")}</Button> : null}
        </span>
      </div>
      {tell.isError ? <ErrorNotice error={tell.error} /> : null}
    </li>
  );
}

/** Where it goes, or why it goes back. */
function PassDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
  const { t } = useTexts();
  const tree = useQuery("org.tree", nothing);
  const below = (tree.data ?? []).filter((node) => node.depth === 1 && node.state === "joined" && node.id !== null && node.name !== row.from);
  const { typed, set, done } = useTyped("case", row.id, { to: "", note: "" });
  const gone = () => { done(); onClose(); };
  const pass = useForm("transfer.pass", ["to"], gone);
  const back = useForm("transfer.return", ["note"], gone);
  const guess = below.find((node) => node.name.includes(row.place) || row.place.includes(node.name))?.id ?? "";
  const foot = pass.foot ?? back.foot;
  // Closed while it saves nobody would be there to end the draft.
  const pending = pass.pending || back.pending;
  const close = () => { if (!pending) onClose(); };
  return (
    <Dialog title={`${row.name} · ${t("transfer.dirBelow", { from: row.from, place: row.place })}`} open onClose={close} footer={<>
      <Button disabled={pending} onClick={close}>{t("common.cancel")}</Button>
      <Button loading={back.pending} onClick={() => back.submit({ id: row.id, note: typed.note }, ["note"])}>{t("transfer.return")}</Button>
      <Button type="primary" loading={pass.pending} onClick={() => pass.submit({ id: row.id, to: typed.to || guess }, ["to"])}>{t("transfer.pass")}</Button>
    </>}>
      <SelectField label={t("transfer.passTo")} value={typed.to || guess} onChange={(to) => set({ to })} empty="" options={below.map((node) => ({ value: node.id ?? "", label: node.name }))} error={pass.at("to").error} />
      <TextField label={t("transfer.returnWhy")} rows={2} value={typed.note} onChange={(note) => set({ note })} error={back.at("note").error} />
      {foot ? <p role="alert">{foot}</p> : null}
    </Dialog>
  );
}
