import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, listInput, useList } from "../../api";
import type { MobileRow } from "../../api/generated/MobileRow";
import type { RuleRef } from "../../api/generated/RuleRef";
import { Check, DateField, HistoryButton, Notice, Paged, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";
import { MemberField } from "./MemberField";
import { useTyped } from "./typed";

/** 流动: who is away, who keeps contact, and what the rules say of it. */
export function Away({ resumes }: { resumes: boolean }) {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const [back, setBack] = useState(false);
  const [stay, setStay] = useState<MobileRow | "new" | null>(resumes ? "new" : null);
  const [contact, setContact] = useState<MobileRow | null>(null);
  const list = useList("mobile.list", listInput({ text: text.trim() || null, state: back ? "back" : null }));
  return (
    <>
      <div className="row at-foot">
        <div className="grow"><TextField label={t("mobile.filter")} value={text} onChange={setText} /></div>
        <Button type="primary" onClick={() => setStay("new")}>{t("mobile.newOne")}</Button>
      </div>
      <Check label={t("mobile.withBack")} checked={back} onChange={setBack} />
      <Paged list={list}>{(row) => <Stay key={row.id} row={row} onEdit={() => setStay(row)} onContact={() => setContact(row)} />}</Paged>
      {stay ? <StayDialog row={stay === "new" ? null : stay} onClose={() => setStay(null)} /> : null}
      {contact ? <ContactDialog row={contact} onClose={() => setContact(null)} /> : null}
    </>
  );
}

function Stay({ row, onEdit, onContact }: { row: MobileRow; onEdit: () => void; onContact: () => void }) {
  const { t, date } = useTexts();
  const place = [row.region, row.place].filter(Boolean).join(" ");
  return (
    <li className="stack tight">
      <div className="line">
        <div className="what">
          <Link to="/member" search={{ id: row.member }}>{row.name}</Link>
          <div className="soft">{t("mobile.away", { date: date(row.since), place, person: row.person })}</div>
          <div className="soft">
            {row.until ? t("mobile.back", { date: date(row.until) }) : row.contacts.length > 0 ? t("mobile.last", { date: date(row.last) }) : t("mobile.never")}
          </div>
        </div>
        <span className="row">
          {row.until ? null : <Button type="primary" onClick={onContact}>{t("mobile.contact")}</Button>}
          <Button onClick={onEdit}>{t("mobile.edit")}</Button>
          <HistoryButton id={row.id} />
        </span>
      </div>
      {row.lostRule ? <Ruled words={t("mobile.lostDue")} rule={row.lostRule} /> : null}
      {row.transferRule ? <Ruled words={t("mobile.transferDue")} rule={row.transferRule} link={<Link className="ant-btn" to="/members" search={{ tab: "transfer", id: row.member }}>{t("mobile.goTransfer")}</Link>} /> : null}
      {row.contacts.length > 0 ? (
        <details>
          <summary>{t("mobile.log", { n: row.contacts.length })}</summary>
          <ul>{row.contacts.map((one, n) => <li key={n}>{date(one.on)} {one.note}</li>)}</ul>
        </details>
      ) : null}
    </li>
  );
}

function Ruled({ words, rule, link }: { words: string; rule: RuleRef; link?: React.ReactNode }) {
  return (
    <Notice tone="yellow" action={link}>
      {words}
      <div className="soft">{rule.citation} {rule.text}</div>
    </Notice>
  );
}

function StayDialog({ row, onClose }: { row: MobileRow | null; onClose: () => void }) {
  const { t } = useTexts();
  const { typed, set, draft, done } = useTyped<Input<"mobile.save">>("mobile", row?.id ?? "new", {
    id: row?.id ?? null, member: row?.member ?? "", since: row?.since ?? "", until: row?.until ?? "", region: row?.region ?? "", place: row?.place ?? "",
    fixed: row?.fixed ?? true, person: row?.person ?? "", keepMatches: false,
  });
  const form = useForm("mobile.save", ["member", "since", "until", "region", "place", "person"], () => { done(); onClose(); });
  return (
    <FormDialog title={row?.name ?? t("mobile.newOne")} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(typed, ["member", "since", "region", "person"])}>
      {row ? null : <MemberField label={t("mobile.member")} value={typed.member} onChange={(member) => set({ member })} error={form.at("member").error} />}
      <DateField label={t("mobile.since")} required value={typed.since} onChange={(since) => set({ since })} {...form.at("since")} />
      <TextField label={t("mobile.region")} required value={typed.region} onChange={(region) => set({ region })} {...form.at("region")} />
      <TextField label={t("mobile.place")} value={typed.place} onChange={(place) => set({ place })} {...form.at("place")} />
      <Check label={t("mobile.fixed")} checked={typed.fixed} onChange={(fixed) => set({ fixed })} />
      <TextField label={t("mobile.person")} required value={typed.person} onChange={(person) => set({ person })} {...form.at("person")} />
      {row ? <DateField label={t("mobile.until")} value={typed.until} onChange={(until) => set({ until })} hint={t("mobile.untilHint")} {...form.at("until")} /> : null}
    </FormDialog>
  );
}

function ContactDialog({ row, onClose }: { row: MobileRow; onClose: () => void }) {
  const { t } = useTexts();
  const { typed, set, draft, done } = useTyped<Input<"mobile.contact">>("contact", row.id, { stay: row.id, on: "", note: "", keepMatches: false });
  const form = useForm("mobile.contact", ["on", "note"], () => { done(); onClose(); });
  return (
    <FormDialog title={`${t("mobile.contact")} · ${row.name}`} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(typed, ["on"])}>
      <DateField label={t("mobile.contactOn")} required value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
      <TextField label={t("mobile.contactNote")} value={typed.note} rows={2} onChange={(note) => set({ note })} {...form.at("note")} />
    </FormDialog>
  );
}
