import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, useCommand, useHidden, useQuery } from "../../api";
import type { ChangeRow } from "../../api/generated/ChangeRow";
import { Blank, DateField, ErrorNotice, Loaded, Lock, Mark, Notice, SelectField, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";

const events = ["probationary", "full", "extended", "disqualified", "transferred_in", "transferred_out", "died", "withdrew", "removed", "expelled"];

/** Below the form of a member: what is private, the changes, records of one person. */
export function MemberParts({ id }: { id: string }) {
  const hides = useHidden();
  return (
    <>
      {hides("households") ? null : <Private id={id} />}
      <Told id={id} />
    </>
  );
}

function Private({ id }: { id: string }) {
  const { t, code } = useTexts();
  const view = useQuery("member.private", { id });
  const [changing, setChanging] = useState(false);
  if (view.isError) return <ErrorNotice error={view.error} />;
  return (
    <section className="card stack" aria-label={t("memberFile.private")}>
      <div className="row apart"><h2>{t("memberFile.private")}</h2><Lock /></div>
      <p className="soft">{t("memberFile.privateWhy")}</p>
      <Loaded query={view}>
        {(found) => (
          <>
            {found.closed ? <Notice tone="yellow">{t("memberFile.closedHere")}</Notice> : null}
            {found.differs ? <Notice tone="yellow">{t("memberFile.differs")}</Notice> : null}
            <Hidden id={id} what="id_number" label={t("memberFile.idNumber")} masked={found.idNumber} />
            <Hidden id={id} what="phone" label={t("memberFile.phone")} masked={found.phone} />
            <div className="row">
              {found.contradicts.map((what) => <Mark key={what} tone="yellow">{code("memberFile", `contradicts_${what}`)}</Mark>)}
              {found.closed ? null : <Button onClick={() => setChanging(true)}>{t("memberFile.change")}</Button>}
            </div>
          </>
        )}
      </Loaded>
      {changing ? <PrivateDialog id={id} onClose={() => setChanging(false)} /> : null}
    </section>
  );
}

function Hidden({ id, what, label, masked }: { id: string; what: string; label: string; masked: string | null }) {
  const { t } = useTexts();
  const reveal = useCommand("member.reveal");
  // Gone with the page: a value that was shown is asked for again, and logged again.
  const [shown, setShown] = useState<{ masked: string; value: string } | null>(null);
  if (masked === null) return <div>{label} <span className="soft">{t("memberFile.none")}</span></div>;
  const value = shown?.masked === masked ? shown.value : null;
  return (
    <div className="row">
      <span>{label} <strong aria-live="polite">{value ?? masked}</strong></span>
      {value === null ? (
        <Button aria-label={`${t("memberFile.show")} ${label}`} title={t("memberFile.showLogged")} loading={reveal.isPending}
          onClick={() => reveal.mutate({ id, what }, { onSuccess: (out) => setShown({ masked, value: out.value }) })}>{t("memberFile.show")}</Button>
      ) : null}
      {reveal.isError ? <ErrorNotice error={reveal.error} /> : null}
    </div>
  );
}

/** What is typed here is kept in no draft. */
function PrivateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, code } = useTexts();
  const say = useToast();
  const [idNumber, setIdNumber] = useState("");
  const [phone, setPhone] = useState("");
  const form = useForm("member.private_save", ["idNumber", "phone"], (out) => {
    for (const what of out.filled) say(code("memberFile", `filled_${what}`));
    onClose();
  });
  const save = (keep: boolean) => form.submit({ id, idNumber: idNumber.trim() || null, phone: phone.trim() || null, keep });
  const past = form.code?.startsWith("id_number_other") || form.code === "id_number_duplicate";
  return (
    <FormDialog title={t("memberFile.private")} form={form} onClose={onClose} onSave={() => save(false)}
      extra={past ? <Button onClick={() => save(true)}>{t("memberFile.keepAnyway")}</Button> : null}>
      <TextField label={t("memberFile.idNumber")} value={idNumber} onChange={setIdNumber} {...form.at("idNumber")} mark={<Lock />} />
      <TextField label={t("memberFile.phone")} value={phone} onChange={setPhone} inputMode="numeric" {...form.at("phone")} mark={<Lock />} />
    </FormDialog>
  );
}

function Told({ id }: { id: string }) {
  const { t, yuan } = useTexts();
  const file = useQuery("member.file", { id });
  const unmerge = useCommand("member.unmerge");
  const [adding, setAdding] = useState(false);
  return (
    <Loaded query={file}>
      {(found) => (
        <>
          <section className="card flush" aria-label={t("memberFile.changes")}>
            <div className="row apart list-title"><h2>{t("memberFile.changes")}</h2><Button onClick={() => setAdding(true)}>{t("memberFile.addChange")}</Button></div>
            {found.changes.length === 0 ? <Blank /> : <ul className="list">{found.changes.map((row) => <Change key={row.id} row={row} />)}</ul>}
            <p className="list-title soft">{t("memberFile.yearSums", { year: found.year, due: found.due, present: found.present, paid: yuan(found.paidFen) })}</p>
          </section>
          {found.moving ? <Notice tone="blue">{t("memberFile.moving")}</Notice> : null}
          {found.mergedInto ? (
            <Notice tone="blue" action={<Button onClick={() => unmerge.mutate({ id })}>{t("memberFile.unmerge")}</Button>}>
              {t("memberFile.mergedInto", { name: found.mergedInto.name })}
            </Notice>
          ) : null}
          {found.merged.length > 0 ? (
            <section className="card flush" aria-label={t("memberFile.mergedHere")}>
              <h2 className="list-title">{t("memberFile.mergedHere")}</h2>
              <ul className="list">
                {found.merged.map((one) => (
                  <li className="line" key={one.id}>
                    <div className="what"><Link to="/member" search={{ id: one.id }}>{one.name}</Link></div>
                    <Button onClick={() => unmerge.mutate({ id: one.id })}>{t("memberFile.unmerge")}</Button>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          {adding ? <ChangeDialog member={id} rule={found.extensionRule.citation} onClose={() => setAdding(false)} /> : null}
        </>
      )}
    </Loaded>
  );
}

function Change({ row }: { row: ChangeRow }) {
  const { t, code, date } = useTexts();
  const undo = useCommand("member.change_void");
  return (
    <li className="line">
      <div className="what">
        {date(row.on)} {code("memberEvent", row.event)}
        <div className="soft">{[row.until ? `${t("memberFile.until")} ${date(row.until)}` : "", row.note].filter(Boolean).join(" · ")}</div>
      </div>
      {row.void ? <Mark tone="grey" glyph="info">{t("memberFile.voided")}</Mark> : <Button onClick={() => undo.mutate({ id: row.id })}>{t("memberFile.void")}</Button>}
    </li>
  );
}

function ChangeDialog({ member, rule, onClose }: { member: string; rule: string; onClose: () => void }) {
  const { t, code } = useTexts();
  const [typed, setTyped] = useState<Input<"member.change">>({ member, event: "full", on: "", until: "", note: "", keepMatches: false });
  const form = useForm("member.change", ["event", "on", "until", "note"], onClose);
  const set = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part });
  return (
    <FormDialog title={t("memberFile.addChange")} form={form} onClose={onClose} onSave={() => form.submit(typed, ["on"])}>
      <SelectField label={t("memberFile.event")} required value={typed.event} onChange={(event) => set({ event })} {...form.at("event")}
        options={events.map((value) => ({ value, label: code("memberEvent", value) }))} />
      <DateField label={t("memberFile.on")} required value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
      {typed.event === "extended" ? <DateField ahead label={t("memberFile.until")} required value={typed.until} onChange={(until) => set({ until })} hint={`${t("memberFile.untilHint")} · ${rule}`} {...form.at("until")} /> : null}
      <TextField label={t("memberFile.note")} value={typed.note} onChange={(note) => set({ note })} {...form.at("note")} />
    </FormDialog>
  );
}
