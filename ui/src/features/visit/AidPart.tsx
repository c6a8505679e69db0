import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useList } from "../../api";
import type { AidRow } from "../../api/generated/AidRow";
import { Choice, DateField, Dialog, fieldErrors, type FieldErrors, Lock, Mark, More, Notice, TextField, type Tone, TypedBefore } from "../../components";
import { formatYuan, readYuan, useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { type Chosen, SubjectField } from "./SubjectField";

const states = ["asked", "granted", "refused"] as const;
type State = (typeof states)[number];
const tones: Record<State, Tone> = { asked: "yellow", granted: "green", refused: "grey" };

/** 求助与救助: what was asked for and what was decided. It stays in the village. */
export function AidPart() {
  const { t } = useTexts();
  const list = useList("aid.list", listInput({}));
  const [open, setOpen] = useState<AidRow | "new" | null>(null);
  const rows = list.data?.rows ?? [];
  return (
    <section className="card flush" aria-labelledby="aid">
      <div className="row apart list-title">
        <h2 id="aid">{t("care.aid")}</h2>
        <Button onClick={() => setOpen("new")} aria-haspopup="dialog">{t("care.newAid")}</Button>
      </div>
      {rows.length === 0 ? <p className="blank">{t("care.noAid")}</p> : (
        <>
          <ul className="list">{rows.map((row) => <Row key={row.id} row={row} onOpen={() => setOpen(row)} />)}</ul>
          <div className="inset"><More total={list.data?.total ?? 0} shown={rows.length} onMore={list.more} /></div>
        </>
      )}
      {open !== null ? <AidDialog row={open === "new" ? null : open} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}

function Row({ row, onOpen }: { row: AidRow; onOpen: () => void }) {
  const { t, code, date, yuan } = useTexts();
  const amount = row.grantedFen ?? row.askedFen;
  return (
    <li className="line">
      <div className="what">
        <button type="button" className="plain-button" onClick={onOpen} aria-haspopup="dialog">{date(row.on)} {row.name}</button>
        <div className="soft">{[row.reason, amount === null ? "" : t("common.yuan", { n: yuan(amount) }), row.decision].filter(Boolean).join(" · ")}</div>
      </div>
      <Mark tone={tones[row.state as State] ?? "grey"} glyph="info">{code("aidState", row.state)}</Mark>
    </li>
  );
}

function AidDialog({ row, onClose }: { row: AidRow | null; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const save = useCommand("aid.save");
  const amountOf = (fen: number | null | undefined) => (fen ? formatYuan(fen) : "");
  const { typed: form, set: type, draft, done } = useTyped("aid", row?.id ?? "new", {
    who: row ? { id: row.subject, name: row.name } : null as Chosen | null,
    on: row?.on ?? "", reason: row?.reason ?? "", asked: amountOf(row?.askedFen), state: (row?.state ?? "asked") as State,
    granted: amountOf(row?.grantedFen), decision: row?.decision ?? "", decidedOn: row?.decidedOn ?? "",
  });
  const [missing, setMissing] = useState<FieldErrors>({});
  const fields = ["subject", "on", "reason", "askedFen", "grantedFen", "decision", "decidedOn"];
  const errors: FieldErrors = { ...(save.isError ? fieldErrors(texts, save.error, fields) : {}), ...missing };
  const { who } = form;
  const set = (part: Partial<typeof form>) => { type(part); save.reset(); };

  function submit() {
    const found: FieldErrors = {};
    const amount = (field: string, text: string, needed: boolean) => {
      if (text.trim() === "" && !needed) return null;
      const fen = readYuan(text);
      if (fen === null || fen === 0) found[field] = t("care.amountWrong");
      return fen;
    };
    const askedFen = amount("askedFen", form.asked, false);
    const grantedFen = form.state === "granted" ? amount("grantedFen", form.granted, true) : null;
    if (!who) found["subject"] = t("errors.household_required");
    if (form.reason.trim() === "") found["reason"] = t("errors.required");
    if (form.state !== "asked" && form.decision.trim() === "") found["decision"] = t("errors.required");
    setMissing(found);
    if (!who || Object.keys(found).length > 0) return;
    save.mutate({
      id: row?.id ?? null, subject: who.id, on: form.on.trim(), reason: form.reason.trim(), askedFen, state: form.state, grantedFen,
      decision: form.decision.trim(), decidedOn: form.decidedOn.trim(),
    }, { onSuccess: () => { done(); onClose(); } });
  }

  return (
    <Dialog title={t("care.aid")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} loading={save.isPending}>{t("common.save")}</Button>
      </>}>
      <Lock />
      <TypedBefore draft={draft} />
      <SubjectField key={String(draft.continues)} label={t("care.who")} members value={who} error={errors["subject"]} onChange={(next) => set({ who: next })} />
      <DateField label={t("care.askedOn")} value={form.on} onChange={(on) => set({ on })} error={errors["on"]} hint={t("concern.onHint")} />
      <TextField label={t("care.aidReason")} required rows={2} value={form.reason} onChange={(reason) => set({ reason })} error={errors["reason"]} />
      <TextField label={t("care.asked")} value={form.asked} onChange={(asked) => set({ asked })} error={errors["askedFen"]} inputMode="decimal" />
      <Choice<State> label={t("care.state")} value={form.state} onChange={(state) => set({ state })}
        options={states.map((value) => ({ value, label: t(`aidState.${value}`) }))} />
      {form.state === "granted" ? <TextField label={t("care.granted")} required value={form.granted} onChange={(granted) => set({ granted })} error={errors["grantedFen"]} inputMode="decimal" /> : null}
      {form.state === "asked" ? null : (
        <>
          <TextField label={t("care.decision")} required value={form.decision} onChange={(decision) => set({ decision })} error={errors["decision"]} hint={t("care.decisionHint")} />
          <DateField label={t("care.decidedOn")} value={form.decidedOn} onChange={(decidedOn) => set({ decidedOn })} error={errors["decidedOn"]} hint={t("concern.onHint")} />
        </>
      )}
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
