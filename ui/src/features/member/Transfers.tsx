import { Button } from "antd";
import { useState } from "react";
import { type Input, listInput, nothing, useCommand, useList, useQuery } from "../../api";
import type { TransferRow } from "../../api/generated/TransferRow";
import { Check, DateField, ErrorNotice, Mark, Notice, Paged, TextField, type Tone, useEver, useSettled, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";
import { MemberField } from "./MemberField";
import { useTyped } from "./typed";

export const transferTones: Record<string, Tone> = { waiting: "yellow", passed: "blue", returned: "yellow", accepted: "green", withdrawn: "grey", outside: "grey", to_tell: "yellow", declined: "yellow", recalled: "grey", to_recall: "yellow", taken_twice: "yellow", leaving: "blue", left: "grey" };

/** 转接: written out here, and arriving. */
export function Transfers({ initial, resumes }: { initial: string | null; resumes: boolean }) {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const list = useList("transfer.list", listInput({ text: useSettled(text.trim()) || null }));
  const filtered = useEver(text !== "" || (list.data?.total ?? 0) > 50);
  const [out, setOut] = useState(initial !== null || resumes);
  const [taking, setTaking] = useState<TransferRow | null>(null);
  const [declined, setDeclined] = useState<TransferRow | null>(null);
  return (
    <>
      <div className="row end"><Button type="primary" onClick={() => setOut(true)}>{t("transfer.out")}</Button></div>
      <Notice tone="blue">{t("transfer.rule")}<div className="soft">{t("transfer.fromOutside")}</div></Notice>
      {filtered ? <TextField label={t("transfer.filter")} value={text} onChange={setText} /> : null}
      <Paged list={list}>{(row) => <Row key={`${row.direction}${row.id}`} row={row} onTake={() => setTaking(row)} onDecline={() => setDeclined(row)} />}</Paged>
      {out ? <OutDialog initial={initial ?? ""} onClose={() => setOut(false)} /> : null}
      {declined ? <DeclineDialog row={declined} onClose={() => setDeclined(null)} /> : null}
      {taking ? <TakeDialog row={taking} onClose={() => setTaking(null)} /> : null}
    </>
  );
}

function Row({ row, onTake, onDecline }: { row: TransferRow; onTake: () => void; onDecline: () => void }) {
  const { t, code, date } = useTexts();
  const withdraw = useCommand("transfer.withdraw");
  const leave = useCommand("transfer.leave");
  const say = useToast();
  const open = row.direction === "out" && ["waiting", "passed", "returned"].includes(row.state);
  return (
    <li className="stack tight">
      <div className="line">
        <div className="what">
          <strong>{row.name}</strong> {code("transfer", row.direction === "in" ? "dirIn" : "dirOut", { place: row.place })}
          <div className="soft">{[date(row.on), row.letter, code("transfer", `counted_${row.countedBy}`)].filter(Boolean).join(" · ")}</div>
          {row.note && ["returned", "recalled", "declined"].includes(row.state) ? <div className="soft">{row.note}</div> : null}
          {row.state === "taken_twice" ? <div>{t("transfer.leaveWhy", { name: row.note })}</div> : null}
          {row.state === "left" ? <div className="soft">{t("transfer.leftTo", { name: row.note })}</div> : null}
        </div>
        <span className="row">
          <Mark tone={transferTones[row.state] ?? "grey"}>{code("transfer", `state_${row.state}`)}</Mark>
          {row.direction === "in" && row.state === "passed" ? <><Button onClick={onDecline}>{t("transfer.decline")}</Button><Button type="primary" onClick={onTake}>{t("transfer.accept")}</Button></> : null}
          {row.direction === "in" && row.state === "taken_twice" ? (
            <Button type="primary" loading={leave.isPending} aria-label={`${t("transfer.leave")} ${row.name}`} onClick={() => leave.mutate({ id: row.id }, { onSuccess: () => say(t("transfer.leftDone", { name: row.name })) })}>{t("transfer.leave")}</Button>
          ) : null}
          {open ? <Button onClick={() => withdraw.mutate({ id: row.id })}>{t("transfer.withdraw")}</Button> : null}
        </span>
      </div>
      {withdraw.isError ? <ErrorNotice error={withdraw.error} /> : null}
      {leave.isError ? <ErrorNotice error={leave.error} /> : null}
    </li>
  );
}

function OutDialog({ initial, onClose }: { initial: string; onClose: () => void }) {
  const { t } = useTexts();
  // Opened for somebody it goes on with what was typed about that person, and leaves alone what waits about another.
  const { typed, set, draft, done } = useTyped<Input<"transfer.out">>("transfer", initial || "new", { member: initial, place: "", outside: false, letter: "", on: "" });
  const form = useForm("transfer.out", ["member", "place", "letter", "on"], () => { done(); onClose(); });
  return (
    <FormDialog title={t("transfer.out")} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(typed, ["member", "place", ...(typed.outside ? ["letter"] : [])])}>
      <MemberField label={t("transfer.member")} value={typed.member} onChange={(member) => set({ member })} error={form.at("member").error} />
      <TextField label={t("transfer.place")} required value={typed.place} onChange={(place) => set({ place })} hint={t("transfer.placeHint")} {...form.at("place")} />
      <Check label={t("transfer.outside")} checked={typed.outside} onChange={(outside) => set({ outside })} />
      {typed.outside ? <p className="soft">{t("transfer.outsideHint")}</p> : null}
      <TextField label={t("transfer.letter")} required={typed.outside} value={typed.letter} onChange={(letter) => set({ letter })} {...form.at("letter")} />
      <DateField label={t("transfer.on")} value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
    </FormDialog>
  );
}

function TakeDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
  const { t } = useTexts();
  const groups = useQuery("member.groups", nothing);
  const { typed, set, draft, done } = useTyped<Input<"transfer.accept">>("accept", row.id, { id: row.id, on: "", group: "" });
  const form = useForm("transfer.accept", ["on", "group"], () => { done(); onClose(); });
  return (
    <FormDialog title={`${t("transfer.accept")} · ${row.name}`} form={form} draft={draft} save={t("transfer.accept")} onClose={onClose} onSave={() => form.submit(typed)}>
      <TextField label={t("transfer.group")} value={typed.group} list={groups.data ?? []} onChange={(group) => set({ group })} {...form.at("group")} />
      <DateField label={t("transfer.on")} value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
    </FormDialog>
  );
}

function DeclineDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
  const { t } = useTexts();
  const { typed, set, draft, done } = useTyped("decline", row.id, { id: row.id, note: "" });
  const form = useForm("transfer.decline", ["note"], () => { done(); onClose(); });
  return (
    <FormDialog title={`${t("transfer.decline")} · ${row.name}`} form={form} draft={draft} save={t("transfer.decline")} onClose={onClose} onSave={() => form.submit(typed, ["note"])}>
      <TextField label={t("transfer.declineWhy")} required rows={2} value={typed.note} onChange={(note) => set({ note })} {...form.at("note")} />
    </FormDialog>
  );
}
