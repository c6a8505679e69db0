import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useList, useRecords } from "../../api";
import type { CommonRow } from "../../api/generated/CommonRow";
import { Check, Dialog, fieldErrors, type FieldErrors, Mark, Notice, Paged, SelectField, TextField, TypedBefore, useSettled, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";

/** Problems of the units: those in no group, or those of one; chosen ones are put together. */
export function ProblemsPart({ groups, shown, onShow }: { groups: readonly CommonRow[]; shown: string; onShow: (shown: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const writes = useRecords();
  const [typed, setTyped] = useState("");
  const text = useSettled(typed);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [putting, setPutting] = useState(false);
  const list = useList("common.problems", { group: shown === "all" ? null : shown, text, office: null, category: null, offset: 0, limit: 0 });
  const part = useCommand("common.part");
  const say = useToast();
  const ofGroup = groups.find((group) => group.id === shown);
  const takeOut = () => part.mutate({ id: shown, parts: [...chosen], inside: false }, { onSuccess: () => { say(t("rounds.takenOut", { n: chosen.length })); setChosen([]); } });
  const options = [{ value: "none", label: t("rounds.inNone") }, { value: "all", label: t("rounds.allProblems") }, ...groups.map((group) => ({ value: group.id, label: group.title }))];
  return (
    <section className="stack" aria-labelledby="common-problems">
      <h2 id="common-problems">{t("rounds.problemList")}</h2>
      <div className="fields">
        <SelectField label={t("rounds.whichProblems")} value={shown} options={options} onChange={(value) => { onShow(value); setChosen([]); }} />
        <TextField label={t("rounds.search")} value={typed} onChange={setTyped} />
      </div>
      {writes ? (
        <div className="row">
          <Button type="primary" disabled={chosen.length === 0} onClick={() => setPutting(true)}>{t("rounds.putTogether", { n: chosen.length })}</Button>
          {ofGroup ? <Button disabled={chosen.length === 0} onClick={takeOut}>{t("rounds.takeOut", { n: chosen.length })}</Button> : null}
        </div>
      ) : null}
      <Paged list={list}>{(row) => (
        <li key={row.id} className="problem">
          {writes ? <Check label={<span className="visually-hidden">{t("rounds.choose", { title: row.item.title, unit: row.item.officeName })}</span>} checked={chosen.includes(row.id)}
            onChange={(on) => setChosen(on ? [...chosen, row.id] : chosen.filter((id) => id !== row.id))} /> : null}
          <div className="what stack tight">
            <Link to="/flow" search={{ id: row.id }}>{row.item.title}</Link>
            <span className="soft">{[row.item.officeName, row.item.category, row.item.form, texts.date(row.item.on)].filter(Boolean).join(" · ")}</span>
            {row.groups.length > 0 && !ofGroup ? <span className="row">{row.groups.map((group) => <Mark key={group} tone="blue" glyph="info">{group}</Mark>)}</span> : null}
          </div>
        </li>
      )}</Paged>
      {putting ? <PutDialog groups={groups} parts={chosen} onClose={(done) => { setPutting(false); if (done) setChosen([]); }} /> : null}
    </section>
  );
}

/** Into a new common problem, or into one that is there. */
function PutDialog({ groups, parts, onClose }: { groups: readonly CommonRow[]; parts: readonly string[]; onClose: (done: boolean) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const group = useCommand("common.group");
  const part = useCommand("common.part");
  const { typed: { into, title, note }, set, draft, done } = useTyped("common_put", "new", { into: "", title: "", note: "" });
  const [errors, setErrors] = useState<FieldErrors>({});
  // A draft may name a group that is gone.
  const target = groups.some((one) => one.id === into) ? into : "";
  const told = {
    onSuccess: () => { done(); say(t("rounds.putDone", { n: parts.length })); onClose(true); },
    onError: (error: unknown) => setErrors(fieldErrors(texts, error, ["title", "note"])),
  };
  function send() {
    if (target !== "") return part.mutate({ id: target, parts: [...parts], inside: true }, told);
    if (title.trim() === "") return setErrors({ title: t("errors.required") });
    group.mutate({ title, parts: [...parts], note }, told);
  }
  return (
    <Dialog title={t("rounds.putTitle", { n: parts.length })} open onClose={() => onClose(false)} footer={
      <><Button onClick={() => onClose(false)}>{t("common.cancel")}</Button><Button type="primary" loading={group.isPending || part.isPending} onClick={send}>{t("common.save")}</Button></>
    }>
      <TypedBefore draft={draft} />
      <SelectField label={t("rounds.putInto")} value={target} empty={t("rounds.newCommon")} options={groups.map((one) => ({ value: one.id, label: one.title }))} onChange={(next) => set({ into: next })} />
      {target === "" ? (
        <>
          <TextField label={t("rounds.commonTitle")} required value={title} onChange={(next) => set({ title: next })} error={errors["title"]} />
          <TextField label={t("rounds.commonNote")} value={note} onChange={(next) => set({ note: next })} error={errors["note"]} />
        </>
      ) : null}
      <Notice tone="grey">{t("rounds.overlay")}</Notice>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
