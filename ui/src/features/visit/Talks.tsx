import { Button } from "antd";
import { useState } from "react";
import { listInput, nothing, useCommand, useFresh, useList, useOffice, useQuery } from "../../api";
import type { TalkDue } from "../../api/generated/TalkDue";
import type { TalkRow } from "../../api/generated/TalkRow";
import { DateField, DeleteButton, Dialog, fieldErrors, type FieldErrors, Loaded, Lock, Notice, Paged, RecordMarks, SeenAbove, SelectField, TextField, toDto, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { type Chosen, SubjectField } from "./SubjectField";

const triggers = ["difficulty", "conflict", "mistake", "problem", "promotion", "new_post", "change_of_post", "ordinary"] as const;
type Trigger = (typeof triggers)[number];
type Open = { id: string } | { member: Chosen; trigger: Trigger } | "new";

/** 五必谈 and other talks: above only date and reason are seen. */
export function Talks({ openId, fresh }: { openId: string | null; fresh: boolean }) {
  const { t } = useTexts();
  const { year } = useOffice();
  const [text, setText] = useState("");
  const [trigger, setTrigger] = useState<Trigger | "">("");
  const [open, setOpen] = useState<Open | null>(openId !== null ? { id: openId } : fresh ? "new" : null);
  const list = useList("talk.list", listInput({ year, text: text.trim() || null, state: trigger || null }));
  const due = useQuery("talk.due", nothing);
  // Today, as far as the clock is to be believed.
  const defaults = useQuery("visit.defaults", nothing);
  const today = defaults.data?.date ?? "";
  return (
    <>
      <p className="row"><Lock /> <span className="soft">{t("care.stays")}</span></p>
      {due.data && due.data.length > 0 ? <Due rows={due.data} onTalk={(one) => setOpen({ member: { id: one.member, name: one.name }, trigger: one.post === "" ? "ordinary" : "new_post" })} /> : null}
      <div className="row at-foot">
        <div className="grow"><TextField label={t("talk.filter")} value={text} onChange={setText} /></div>
        <SelectField<Trigger> label={t("talk.trigger")} value={trigger} onChange={setTrigger} empty={t("talk.all")}
          options={triggers.map((value) => ({ value, label: t(`trigger.${value}`) }))} />
        <Button type="primary" onClick={() => setOpen("new")} aria-haspopup="dialog">{t("talk.newOne")}</Button>
      </div>
      <Paged list={list}>{(row) => <Row key={row.id} row={row} onOpen={() => setOpen({ id: row.id })} />}</Paged>
      {open === null ? null : open !== "new" && "id" in open ? <Known id={open.id} today={today} onClose={() => setOpen(null)} />
        : <TalkDialog key={defaults.isPending ? "" : "known"} row={null} today={today} start={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Due({ rows, onTalk }: { rows: readonly TalkDue[]; onTalk: (one: TalkDue) => void }) {
  const { t } = useTexts();
  const posts = rows.filter((one) => one.post !== "");
  const yearly = rows.filter((one) => one.post === "");
  return (
    <>
      {posts.length > 0 ? (
        <section className="card flush" aria-labelledby="talk-due">
          <h2 id="talk-due" className="list-title">{t("talk.due")}</h2>
          <DueList rows={posts} onTalk={onTalk} />
        </section>
      ) : null}
      {yearly.length > 0 ? (
        <details className="card">
          <summary>{t("talk.yearly", { n: yearly.length })}</summary>
          {yearly[0] ? <p className="soft">{yearly[0].rule.text} {t("dues.rule", { citation: yearly[0].rule.citation, version: yearly[0].rule.version })}</p> : null}
          <DueList rows={yearly} onTalk={onTalk} />
        </details>
      ) : null}
    </>
  );
}

function DueList({ rows, onTalk }: { rows: readonly TalkDue[]; onTalk: (one: TalkDue) => void }) {
  const { t, code, date } = useTexts();
  return (
    <ul className="list">
      {rows.map((one) => (
        <li className="line" key={`${one.member} ${one.post}`}>
          <span className="what">{one.post === "" ? one.name : t("talk.dueLine", { name: one.name, post: code("post", one.post), date: date(one.since) })}</span>
          <Button onClick={() => onTalk(one)} aria-haspopup="dialog" aria-label={`${t("talk.talkNow")} ${one.name}`}>{t("talk.talkNow")}</Button>
        </li>
      ))}
    </ul>
  );
}

function Row({ row, onOpen }: { row: TalkRow; onOpen: () => void }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        <button type="button" className="plain-button" onClick={onOpen} aria-haspopup="dialog">{date(row.date)} {row.with || t("talk.hidden")}</button>
        <div className="soft">{[code("trigger", row.trigger), row.by].filter(Boolean).join(" · ")}</div>
      </div>
      <span className="row">
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
        <DeleteButton id={row.id} name={`${date(row.date)} ${row.with || t("talk.hidden")}`} />
      </span>
    </li>
  );
}

function Known({ id, today, onClose }: { id: string; today: string; onClose: () => void }) {
  const talk = useFresh("talk.get", { id });
  return <Loaded query={talk}>{(row) => <TalkDialog row={row} today={today} start={null} onClose={onClose} />}</Loaded>;
}

function TalkDialog({ row, today, start: about, onClose }: { row: TalkRow | null; today: string; start: { member: Chosen; trigger: Trigger } | null; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const members = useQuery("member.list", listInput({ limit: 500 }));
  const save = useCommand("talk.save");
  const known = row?.household ?? null;
  const start = row ? null : about;
  const { typed: form, set: type, draft, done } = useTyped("talk", row?.id ?? (start ? `member ${start.member.id}` : "new"), {
    date: row?.date ?? today, trigger: row?.trigger ?? start?.trigger ?? "ordinary", member: row?.member ?? start?.member.id ?? "",
    kind: known === null ? (row && !row.member && row.with ? "other" : "member") : "household",
    home: known === null ? null as Chosen | null : { id: known, name: row?.with ?? "" },
    name: row && !row.member && known === null ? row.with : "", by: row?.by ?? "", place: row?.place ?? "", text: row?.text ?? "", followUp: row?.followUp ?? "",
  });
  const { home } = form;
  const [missing, setMissing] = useState<FieldErrors>({});
  const fields = ["date", "trigger", "member", "household", "name", "by", "place", "text", "followUp"];
  const errors: FieldErrors = { ...(save.isError ? fieldErrors(texts, save.error, fields) : {}), ...missing };
  const set = (part: Partial<typeof form>) => { type(part); save.reset(); };
  const far = save.isError && toDto(save.error).code === "date_far";
  const people = members.data?.rows ?? [];

  function submit(confirmDate = false) {
    const found: FieldErrors = {};
    if (form.date.trim() === "") found["date"] = t("errors.required");
    if (form.kind === "member" && form.member === "") found["member"] = t("errors.required");
    if (form.kind === "household" && !home) found["household"] = t("errors.household_required");
    if (form.kind === "other" && form.name.trim() === "") found["name"] = t("errors.required");
    setMissing(found);
    if (Object.keys(found).length > 0) return;
    save.mutate({
      id: row?.id ?? null, date: form.date.trim(), trigger: form.trigger, confirmDate,
      member: form.kind === "member" ? form.member : null, household: form.kind === "household" ? (home?.id ?? null) : null,
      name: form.kind === "other" ? form.name.trim() : "", by: form.by.trim(), place: form.place.trim(), text: form.text.trim(), followUp: form.followUp.trim(),
    }, { onSuccess: () => { done(); onClose(); } });
  }

  return (
    <Dialog title={t("talk.title")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => submit()} loading={save.isPending}>{t("common.save")}</Button>
      </>}>
      <TypedBefore draft={draft} />
      <div className="seen-above stack tight">
        <SeenAbove>{t("talk.up")}</SeenAbove>
        <DateField label={t("talk.date")} required value={form.date} onChange={(date) => set({ date })} error={errors["date"]} confirm={far ? () => submit(true) : undefined} />
        <SelectField label={t("talk.trigger")} required value={form.trigger} onChange={(trigger) => set({ trigger })} error={errors["trigger"]}
          options={triggers.map((value) => ({ value, label: t(`trigger.${value}`) }))} />
      </div>
      <div className="stays-here stack">
        <Lock />
        <SelectField label={t("talk.with")} required value={form.kind} onChange={(kind) => set({ kind })}
          options={[{ value: "member", label: t("talk.member") }, { value: "household", label: t("care.household") }, { value: "other", label: t("talk.other") }]} />
        {form.kind === "member" ? (
          <SelectField label={t("talk.member")} required value={form.member} onChange={(member) => set({ member })} empty={t("visit.choose")} error={errors["member"]}
            options={people.map((one) => ({ value: one.id, label: one.name }))} />
        ) : form.kind === "household" ? <SubjectField key={String(draft.continues)} label={t("care.household")} value={home} error={errors["household"]} onChange={(next) => set({ home: next })} />
          : <TextField label={t("talk.other")} required value={form.name} onChange={(name) => set({ name })} error={errors["name"]} />}
        <TextField label={t("talk.by")} value={form.by} onChange={(by) => set({ by })} error={errors["by"]} />
        <TextField label={t("talk.place")} value={form.place} onChange={(place) => set({ place })} error={errors["place"]} />
        <TextField label={t("talk.text")} rows={4} value={form.text} onChange={(text) => set({ text })} error={errors["text"]} />
        <TextField label={t("talk.followUp")} rows={2} value={form.followUp} onChange={(followUp) => set({ followUp })} error={errors["followUp"]} />
      </div>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
