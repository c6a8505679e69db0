import { Button } from "antd";
import { useState } from "react";
import { nothing, useQuery, useRecords } from "../../api";
import type { TransferRow } from "../../api/generated/TransferRow";
import { Dialog, Mark, Notice, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "../member/form";
import { FormDialog } from "../member/FormDialog";
import { transferTones } from "../member/Transfers";
import { useTyped } from "../member/typed";

/** Whether the committee has something to do about it. */
const waitsHere = (row: TransferRow) => ["waiting", "declined", "to_tell", "to_recall", "taken_twice"].includes(row.state);

/** Transfers that others are at, where they stand. */
export function UnderWay() {
  const { t, code, date, several } = useTexts();
  const moves = useQuery("transfer.waiting", nothing);
  const records = useRecords();
  const [recalled, setRecalled] = useState<TransferRow | null>(null);
  const others = (moves.data ?? []).filter((row) => !waitsHere(row));
  if (others.length === 0) return null;
  return (
    <details className="card">
      <summary>{t("month.transfersUnderWay", { n: others.length })}</summary>
      <ul className="list">
        {others.map((row) => (
          <li key={row.id} className="line">
            <div className="what">
              <strong>{row.name}</strong> {t("transfer.dirBelow", { from: row.from, place: row.to ?? row.place })}
              <div className="soft">{[date(row.on), row.letter, code("transfer", `counted_${row.countedBy}`), row.note, row.holders.some((one) => one.told) ? t("transfer.waitsForLeave", { name: several(row.holders.filter((one) => one.told).map((one) => one.name)) }) : ""].filter(Boolean).join(" · ")}</div>
            </div>
            <span className="row">
              <Mark tone={transferTones[row.state] ?? "grey"}>{code("transfer", `state_${row.state}`)}</Mark>
              {row.state === "passed" && records ? <Button aria-haspopup="dialog" aria-label={`${t("transfer.recall")} ${row.name}`} onClick={() => setRecalled(row)}>{t("transfer.recall")}</Button> : null}
            </span>
          </li>
        ))}
      </ul>
      {recalled ? <RecallDialog row={recalled} onClose={() => setRecalled(null)} /> : null}
    </details>
  );
}

/** Taken back from the office that it was passed to, or that office is told of a withdrawal. */
export function RecallDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
  const { t } = useTexts();
  const gone = row.state === "to_recall";
  const { typed, set, done } = useTyped("case", `recall ${row.id}`, { note: "" });
  const form = useForm("transfer.recall", ["note"], () => { done(); onClose(); });
  return (
    <FormDialog title={`${row.name} · ${t("transfer.dirBelow", { from: row.from, place: row.to ?? row.place })}`} form={form} save={t(gone ? "transfer.tellGone" : "transfer.recall")}
      onClose={onClose} onSave={() => form.submit({ id: row.id, note: typed.note }, gone ? [] : ["note"])}>
      <p>{t(gone ? "transfer.state_to_recall" : "transfer.recallHint")}</p>
      {gone ? null : <TextField label={t("transfer.recallWhy")} required rows={2} value={typed.note} onChange={(note) => set({ note })} {...form.at("note")} />}
    </FormDialog>
  );
}

/** Where it goes, or why it goes back. */
export function PassDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
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
      {row.state === "declined" ? <Notice tone="yellow">{[t("transfer.state_declined"), row.note].filter(Boolean).join(" · ")}</Notice> : null}
      <SelectField label={t("transfer.passTo")} value={typed.to || guess} onChange={(to) => set({ to })} empty="" options={below.map((node) => ({ value: node.id ?? "", label: node.name }))} error={pass.at("to").error} />
      <TextField label={t("transfer.returnWhy")} rows={2} value={typed.note} onChange={(note) => set({ note })} {...back.at("note")} />
      {foot ? <p role="alert">{foot}</p> : null}
    </Dialog>
  );
}
