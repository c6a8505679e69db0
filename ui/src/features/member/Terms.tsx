import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, useQuery } from "../../api";
import type { PostRow } from "../../api/generated/PostRow";
import type { TermRow } from "../../api/generated/TermRow";
import type { TermView } from "../../api/generated/TermView";
import { Blank, Choice, DateField, Loaded, Mark, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";
import { Fund } from "./Fund";
import { MemberField } from "./MemberField";
import { useTyped } from "./typed";

const posts = ["secretary", "deputy_secretary", "organization", "publicity", "discipline", "committee_member", "group_leader"];

/** 任期: the terms with what the rules say, posts with their days, the activity fund. */
export function Terms({ resumes }: { resumes: string | null }) {
  const { t } = useTexts();
  const view = useQuery("term.list", nothing);
  const [term, setTerm] = useState<TermRow | "new" | null>(resumes === "term" ? "new" : null);
  const [post, setPost] = useState<PostRow | "new" | null>(resumes === "post" ? "new" : null);
  return (
    <Loaded query={view}>
      {(found) => (
        <>
          <section className="card flush" aria-label={t("term.title")}>
            <div className="row apart list-title"><h2>{t("term.title")}</h2><Button type="primary" onClick={() => setTerm("new")}>{t("term.newOne")}</Button></div>
            {found.terms.length === 0 ? <Blank /> : <ul className="list">{found.terms.map((row) => <Term key={row.id} row={row} view={found} onEdit={() => setTerm(row)} />)}</ul>}
            <p className="list-title soft">{found.termRule.citation} {found.termRule.text} {found.sizeRule.text}</p>
          </section>
          <section className="card flush" aria-label={t("term.posts")}>
            <div className="row apart list-title"><h2>{t("term.posts")}</h2><Button onClick={() => setPost("new")}>{t("term.addPost")}</Button></div>
            {found.posts.length === 0 ? <Blank /> : <ul className="list">{found.posts.map((row) => <Held key={row.id} row={row} onEnd={() => setPost(row)} />)}</ul>}
          </section>
          <Fund resumes={resumes === "fund"} />
          {term ? <TermDialog row={term === "new" ? null : term} view={found} onClose={() => setTerm(null)} /> : null}
          {post ? <PostDialog row={post === "new" ? null : post} onClose={() => setPost(null)} /> : null}
        </>
      )}
    </Loaded>
  );
}

function Term({ row, view, onEdit }: { row: TermRow; view: TermView; onEdit: () => void }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        {t("term.line", { start: date(row.start), end: date(row.end) })}
        <div className="soft">{[row.size ? t("term.committee", { n: row.size }) : "", row.trained ? `${t("term.trained")} ${date(row.trained)}` : "", row.decision].filter(Boolean).join(" · ")}</div>
        <div className="row">{row.notes.map((note) => <Mark key={note} tone="yellow">{code("term", `note_${note}`, { days: Math.abs(row.days ?? 0), full: view.fullMembers })}</Mark>)}</div>
      </div>
      <Button onClick={onEdit}>{t("mobile.edit")}</Button>
    </li>
  );
}

function Held({ row, onEnd }: { row: PostRow; onEnd: () => void }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">{row.name} <span className="soft">{code("post", row.post)} · {row.until ? t("term.was", { from: date(row.from), until: date(row.until) }) : t("term.held", { from: date(row.from) })}</span></div>
      {row.until ? null : <Button onClick={onEnd}>{t("term.endPost")}</Button>}
    </li>
  );
}

function TermDialog({ row, view, onClose }: { row: TermRow | null; view: TermView; onClose: () => void }) {
  const { t } = useTexts();
  const { typed, set, draft, done } = useTyped("term", row?.id ?? "new", { start: row?.start ?? "", decision: row?.decision ?? "", trained: row?.trained ?? "", years: String(row?.years ?? view.villageYears), shift: row?.shift ? String(row.shift) : "", size: row?.size ? String(row.size) : "" });
  const form = useForm("term.save", ["start", "years", "shift", "decision", "size", "trained"], () => { done(); onClose(); });
  const whole = (text: string) => (/^-?\d+$/.test(text.trim()) ? Number(text) : null);
  const input: Input<"term.save"> = { id: row?.id ?? null, start: typed.start, years: whole(typed.years), shift: whole(typed.shift) ?? 0, decision: typed.decision, size: whole(typed.size), trained: typed.trained };
  return (
    <FormDialog title={t("term.newOne")} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(input, ["start"], (["size", "shift"] as const).filter((field) => typed[field].trim() !== "" && whole(typed[field]) === null))}>
      <DateField label={t("term.start")} required value={typed.start} onChange={(start) => set({ start })} {...form.at("start")} />
      <Choice label={t("term.years")} value={typed.years} onChange={(years) => set({ years })} error={form.at("years").error}
        options={[{ value: String(view.villageYears), label: t("term.villageYears", { n: view.villageYears }) }, { value: String(view.otherYears), label: t("term.otherYears", { n: view.otherYears }) }]} />
      <TextField label={t("term.size")} inputMode="numeric" value={typed.size} onChange={(size) => set({ size })} hint={t("term.sizeHint")} {...form.at("size")} />
      <TextField label={t("term.shift")} value={typed.shift} onChange={(shift) => set({ shift })} hint={t("term.shiftHint")} {...form.at("shift")} />
      {typed.shift.trim() ? <TextField label={t("term.decision")} value={typed.decision} onChange={(decision) => set({ decision })} {...form.at("decision")} /> : null}
      <DateField label={t("term.trained")} value={typed.trained} onChange={(trained) => set({ trained })} {...form.at("trained")} />
    </FormDialog>
  );
}

function PostDialog({ row, onClose }: { row: PostRow | null; onClose: () => void }) {
  const { t, code } = useTexts();
  const { typed, set, draft, done } = useTyped<Input<"term.post">>("post", row?.id ?? "new", { id: row?.id ?? null, member: row?.member ?? "", post: row?.post ?? "secretary", from: row?.from ?? "", until: "" });
  const form = useForm("term.post", ["member", "post", "from", "until"], () => { done(); onClose(); });
  return (
    <FormDialog title={row ? `${t("term.endPost")} · ${row.name}` : t("term.addPost")} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(typed, row ? ["until"] : ["member", "from"])}>
      {row ? null : (
        <>
          <MemberField label={t("term.member")} value={typed.member} onChange={(member) => set({ member })} error={form.at("member").error} />
          <SelectField label={t("term.post")} required value={typed.post} onChange={(post) => set({ post })} options={posts.map((value) => ({ value, label: code("post", value) }))} {...form.at("post")} />
          <DateField label={t("term.from")} required value={typed.from} onChange={(from) => set({ from })} {...form.at("from")} />
        </>
      )}
      <DateField label={t("term.until")} required={row !== null} value={typed.until} onChange={(until) => set({ until })} {...form.at("until")} />
    </FormDialog>
  );
}
