import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { CaseRow } from "../../api/generated/CaseRow";
import type { TransferRow } from "../../api/generated/TransferRow";
import { Blank, DateField, ErrorNotice, Loaded, Mark, Notice, Page, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";
import { transferTones } from "./Transfers";

/** 待我决定: requests to join, admissions, transfers. */
export function CasesScreen() {
  const { t } = useTexts();
  const joins = useQuery("join.pending", nothing);
  const waiting = joins.data?.length ?? 0;
  return (
    <Page title={t("admission.cases")}>
      {waiting > 0 ? <Notice tone="blue" action={<Link className="ant-btn" to="/org">{t("nav.org")}</Link>}>{t("admission.joins", { n: waiting })}</Notice> : null}
      <Admissions />
      <Moves />
    </Page>
  );
}

function Admissions() {
  const { t } = useTexts();
  const cases = useQuery("admission.cases", nothing);
  const [open, setOpen] = useState<{ row: CaseRow; passed: boolean } | null>(null);
  return (
    <section className="card flush" aria-label={t("memberFile.admission")}>
      <h2 className="list-title">{t("memberFile.admission")}</h2>
      <Loaded query={cases}>
        {(rows) => rows.length === 0 ? <Blank>{t("admission.casesEmpty")}</Blank> : (
          <ul className="list">{rows.map((row) => <Case key={row.step} row={row} onDecide={(passed) => setOpen({ row, passed })} />)}</ul>
        )}
      </Loaded>
      {open ? <DecideDialog {...open} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}

function Case({ row, onDecide }: { row: CaseRow; onDecide: (passed: boolean) => void }) {
  const { t, code, date } = useTexts();
  return (
    <li className="stack tight">
      <div className="line">
        <div className="what">
          <strong>{row.name}</strong> {code("stage", row.code)} <span className="soft">{row.officeName}</span>
          <div className="soft">{[t("admission.asked", { date: date(row.asked) }), row.latest ? t("admission.latest", { date: date(row.latest) }) : "", row.special ? t("admission.special", { date: date(row.special) }) : ""].filter(Boolean).join(" · ")}</div>
        </div>
        <span className="row">
          {row.overdue ? <Mark tone="yellow">{t("admission.overdue")}</Mark> : null}
          <Button type="primary" onClick={() => onDecide(true)}>{t("admission.passed")}</Button>
          <Button onClick={() => onDecide(false)}>{t("admission.refused")}</Button>
        </span>
      </div>
      <details>
        <summary className="soft">{row.rule.citation} {row.rule.text}</summary>
        <ul>
          {row.before.map((step, n) => (
            <li key={n}>
              {date(step.on)} {code("stage", step.code)} {step.votes ? t("admission.votesLine", { due: step.votes.due, present: step.votes.present, written: step.votes.written, inFavour: step.votes.inFavour }) : ""}
              {step.reason ? ` ${t("admission.reasonShown", { reason: step.reason })}` : ""}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function DecideDialog({ row, passed, onClose }: { row: CaseRow; passed: boolean; onClose: () => void }) {
  const { t, code } = useTexts();
  const [typed, setTyped] = useState({ note: "", on: "" });
  const form = useForm("admission.decide", ["note", "on"], onClose);
  return (
    <FormDialog title={t("admission.decideTitle", { name: row.name, step: code("stage", row.code) })} form={form} save={t(passed ? "admission.passed" : "admission.refused")} onClose={onClose}
      onSave={() => form.submit({ step: row.step, passed, ...typed }, passed ? [] : ["note"])}>
      <TextField label={t("admission.comment")} required={!passed} rows={3} value={typed.note} onChange={(note) => setTyped({ ...typed, note })} hint={passed ? undefined : t("admission.commentNeeded")} {...form.at("note")} />
      <DateField label={t("admission.on")} value={typed.on} onChange={(on) => setTyped({ ...typed, on })} {...form.at("on")} />
    </FormDialog>
  );
}

function Moves() {
  const { t } = useTexts();
  const list = useQuery("transfer.waiting", nothing);
  const [open, setOpen] = useState<{ row: TransferRow; passing: boolean } | null>(null);
  return (
    <section className="card flush" aria-label={t("memberFile.transfer")}>
      <h2 className="list-title">{t("memberFile.transfer")}</h2>
      <Loaded query={list}>
        {(rows) => rows.length === 0 ? <Blank>{t("admission.casesEmpty")}</Blank> : (
          <ul className="list">{rows.map((row) => <Move key={row.id} row={row} onOpen={(passing) => setOpen({ row, passing })} />)}</ul>
        )}
      </Loaded>
      {open?.passing ? <PassDialog row={open.row} onClose={() => setOpen(null)} /> : null}
      {open && !open.passing ? <ReturnDialog row={open.row} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}

function Move({ row, onOpen }: { row: TransferRow; onOpen: (passing: boolean) => void }) {
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
          {row.state === "waiting" ? <><Button type="primary" onClick={() => onOpen(true)}>{t("transfer.pass")}</Button><Button onClick={() => onOpen(false)}>{t("transfer.return")}</Button></> : null}
          {row.state === "to_tell" ? <Button type="primary" onClick={() => tell.mutate({ id: row.id })}>{t("transfer.tell")}</Button> : null}
        </span>
      </div>
      {tell.isError ? <ErrorNotice error={tell.error} /> : null}
    </li>
  );
}

function PassDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
  const { t } = useTexts();
  const tree = useQuery("org.tree", nothing);
  const below = (tree.data ?? []).filter((node) => node.depth === 1 && node.state === "joined" && node.id !== null && node.name !== row.from);
  const [to, setTo] = useState("");
  const form = useForm("transfer.pass", ["to"], onClose);
  const guess = below.find((node) => node.name.includes(row.place) || row.place.includes(node.name))?.id ?? "";
  return (
    <FormDialog title={`${t("transfer.pass")} · ${row.name} → ${row.place}`} form={form} save={t("transfer.pass")} onClose={onClose} onSave={() => form.submit({ id: row.id, to: to || guess }, ["to"])}>
      <SelectField label={t("transfer.passTo")} required value={to || guess} onChange={setTo} empty="" options={below.map((node) => ({ value: node.id ?? "", label: node.name }))} {...form.at("to")} />
    </FormDialog>
  );
}

function ReturnDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
  const { t } = useTexts();
  const [note, setNote] = useState("");
  const form = useForm("transfer.return", ["note"], onClose);
  return (
    <FormDialog title={`${t("transfer.return")} · ${row.name}`} form={form} save={t("transfer.return")} onClose={onClose} onSave={() => form.submit({ id: row.id, note }, ["note"])}>
      <TextField label={t("transfer.returnWhy")} required rows={2} value={note} onChange={setNote} {...form.at("note")} />
    </FormDialog>
  );
}
