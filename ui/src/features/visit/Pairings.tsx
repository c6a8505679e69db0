import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, nothing, useCommand, useList, useQuery } from "../../api";
import type { PairingRow } from "../../api/generated/PairingRow";
import { DateField, DeleteButton, Dialog, fieldErrors, type FieldErrors, Lock, Notice, Paged, SelectField, TextField, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { type Chosen, SubjectField } from "./SubjectField";

/** 结对: which cadre looks after which household; by cadre, with the last visit. */
export function Pairings() {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const [state, setState] = useState<"standing" | "ended">("standing");
  const [open, setOpen] = useState<PairingRow | "new" | null>(null);
  const list = useList("pairing.list", listInput({ text: text.trim() || null, state }));
  return (
    <>
      <p className="row"><Lock /> <span className="soft">{t("care.stays")}</span></p>
      <div className="row at-foot">
        <div className="grow"><TextField label={t("care.filterPairing")} value={text} onChange={setText} /></div>
        <SelectField<"standing" | "ended"> label={t("common.state")} value={state} onChange={setState}
          options={[{ value: "standing", label: t("care.standing") }, { value: "ended", label: t("care.endedOnes") }]} />
        <Button type="primary" onClick={() => setOpen("new")} aria-haspopup="dialog">{t("care.newPairing")}</Button>
      </div>
      <Paged list={list}>{(row) => <Row key={row.id} row={row} onOpen={() => setOpen(row)} />}</Paged>
      {open !== null ? <PairingDialog row={open === "new" ? null : open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Row({ row, onOpen }: { row: PairingRow; onOpen: () => void }) {
  const { t, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <strong>{row.cadre}</strong> → <Link to="/household" search={{ id: row.household }}>{row.name}</Link>
        <div className="soft">
          {[row.door, t("care.sinceDate", { date: date(row.since) }), row.lastVisit ? t("care.lastVisit", { date: date(row.lastVisit) }) : t("care.never"), row.note].filter(Boolean).join(" · ")}
        </div>
      </div>
      <span className="row">
        <Button onClick={onOpen} aria-haspopup="dialog" aria-label={`${t("common.change")} ${row.cadre} ${row.name}`}>{t("common.change")}</Button>
        <DeleteButton id={row.id} name={`${row.cadre} ${row.name}`} />
      </span>
    </li>
  );
}

function PairingDialog({ row, onClose }: { row: PairingRow | null; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const defaults = useQuery("visit.defaults", nothing);
  const save = useCommand("pairing.save");
  const { typed: { who, ...form }, set: type, draft, done } = useTyped("pairing", row?.id ?? "new", {
    who: row ? { id: row.household, name: row.name } : null as Chosen | null, cadre: row?.cadre ?? "", note: row?.note ?? "", since: row?.since ?? "", ended: row?.ended ?? "",
  });
  const [missing, setMissing] = useState<FieldErrors>({});
  const errors: FieldErrors = { ...(save.isError ? fieldErrors(texts, save.error, ["household", "cadre", "note", "since", "ended"]) : {}), ...missing };
  const set = (part: Parameters<typeof type>[0]) => { type(part); save.reset(); };

  function submit() {
    const found: FieldErrors = {};
    if (!who) found["household"] = t("errors.household_required");
    if (form.cadre.trim() === "") found["cadre"] = t("errors.required");
    setMissing(found);
    if (who && Object.keys(found).length === 0) save.mutate({ ...form, id: row?.id ?? null, household: who.id }, { onSuccess: () => { done(); onClose(); } });
  }

  return (
    <Dialog title={t("care.pairingTitle")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} loading={save.isPending}>{t("common.save")}</Button>
      </>}>
      <TypedBefore draft={draft} />
      <SubjectField key={String(draft.continues)} label={t("care.household")} value={who} error={errors["household"]} onChange={(next) => set({ who: next })} />
      <TextField label={t("care.cadre")} required value={form.cadre} onChange={(cadre) => set({ cadre })} error={errors["cadre"]} list={defaults.data?.candidates ?? []} />
      <TextField label={t("care.note")} value={form.note} onChange={(note) => set({ note })} error={errors["note"]} />
      <DateField label={t("care.since")} value={form.since} onChange={(since) => set({ since })} error={errors["since"]} hint={t("concern.onHint")} />
      {row ? <DateField label={t("care.ended")} value={form.ended} onChange={(ended) => set({ ended })} error={errors["ended"]} hint={t("care.endedHint")} /> : null}
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
