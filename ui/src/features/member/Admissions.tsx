import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, listInput, nothing, useList, useQuery } from "../../api";
import type { ApplicantRow } from "../../api/generated/ApplicantRow";
import { Check, Choice, DateField, Mark, Paged, RecordMarks, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";
import { useTyped } from "./typed";

/** 发展: who applied, and what comes next for each. */
export function Admissions({ resumes }: { resumes: boolean }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [closed, setClosed] = useState(false);
  const [adding, setAdding] = useState(resumes);
  const list = useList("admission.list", listInput({ text: text.trim() || null, state: closed ? "closed" : null }));
  return (
    <>
      <div className="row at-foot">
        <div className="grow"><TextField label={t("admission.filter")} value={text} onChange={setText} /></div>
        <Button type="primary" onClick={() => setAdding(true)}>{t("admission.newOne")}</Button>
      </div>
      <Check label={t("admission.withClosed")} checked={closed} onChange={setClosed} />
      <Paged list={list}>{(row) => <Row key={row.id} row={row} />}</Paged>
      {adding ? <ApplicantDialog row={null} onClose={(id) => { setAdding(false); if (id) void navigate({ to: "/applicant", search: { id } }); }} /> : null}
    </>
  );
}

function Row({ row }: { row: ApplicantRow }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <Link to="/applicant" search={{ id: row.id }}>{row.name}</Link>{" "}
        <span className="soft">{[row.group, `${t("admission.applied")} ${date(row.applied)}`].filter(Boolean).join(" · ")}</span>
        <div className="soft">{row.closed || (row.next ? t("admission.next", { step: code("stage", row.next) }) : t("admission.finished"))}</div>
      </div>
      <span className="row">
        <RecordMarks conflict={row.conflict} />
        {row.member ? <Mark tone="green">{t("admission.onRoster")}</Mark> : null}
        {row.withCommittee ? <Mark tone="blue" glyph="arrow">{t("admission.withCommittee")}</Mark> : null}
        {row.overdue ? <Mark tone="yellow">{t("admission.overdue")}</Mark> : null}
      </span>
    </li>
  );
}

export function ApplicantDialog({ row, onClose }: { row: ApplicantRow | null; onClose: (id?: string) => void }) {
  const { t } = useTexts();
  const groups = useQuery("member.groups", nothing);
  const { typed, set, draft, done } = useTyped<Input<"admission.save">>("applicant", row?.id ?? "new", {
    id: row?.id ?? null, name: row?.name ?? "", sex: row?.sex ?? null, birthMonth: row?.birthMonth ?? "", applied: row?.applied ?? "", group: row?.group ?? "",
    person: row?.person ?? "", closed: row?.closed ?? "", keepMatches: false,
  });
  const form = useForm("admission.save", ["name", "sex", "birthMonth", "applied", "group", "person", "closed"], (saved) => { done(); onClose(saved.id); });
  return (
    <FormDialog title={row?.name ?? t("admission.newOne")} form={form} draft={draft} onClose={() => onClose()} onSave={() => form.submit(typed, ["name", "applied"])}>
      <TextField label={t("admission.name")} required value={typed.name} onChange={(name) => set({ name })} {...form.at("name")} />
      <Choice<"1" | "2"> label={t("member.sex")} value={typed.sex === 1 ? "1" : typed.sex === 2 ? "2" : ""} onChange={(sex) => set({ sex: Number(sex) })}
        options={[{ value: "1", label: t("member.male") }, { value: "2", label: t("member.female") }]} />
      <TextField label={t("member.birthMonth")} value={typed.birthMonth} onChange={(birthMonth) => set({ birthMonth })} hint={t("member.birthHint")} {...form.at("birthMonth")} />
      <DateField label={t("admission.applied")} required value={typed.applied} onChange={(applied) => set({ applied })} {...form.at("applied")} />
      <TextField label={t("member.group")} value={typed.group} list={groups.data ?? []} onChange={(group) => set({ group })} {...form.at("group")} />
      <TextField label={t("admission.person")} value={typed.person} onChange={(person) => set({ person })} {...form.at("person")} />
      {row ? <TextField label={t("admission.closed")} value={typed.closed} onChange={(closed) => set({ closed })} hint={t("admission.closedHint")} {...form.at("closed")} /> : null}
    </FormDialog>
  );
}
