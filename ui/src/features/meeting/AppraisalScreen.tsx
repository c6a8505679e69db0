import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { listInput, useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { AppraisalRow } from "../../api/generated/AppraisalRow";
import type { AppraisalView } from "../../api/generated/AppraisalView";
import type { Grade } from "../../api/generated/Grade";
import { Blank, ErrorNotice, Loaded, Mark, Notice, Page, TypedBefore, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { sessionName } from "./kinds";
import { MeetingTabs } from "./MeetingTabs";
import { Source } from "./Source";
import "./plan.css";

const grades: readonly Grade[] = ["excellent", "qualified", "basically_qualified", "unqualified"];

/** 评议: sessions of the year, and the grades of one. */
export function AppraisalScreen() {
  const texts = useTexts();
  const { t } = texts;
  const { id } = useSearch({ strict: false });
  const { year } = useOffice();
  const list = useQuery("meeting.list", listInput({ year, state: "appraisal", limit: 100 }));
  const view = useQuery("appraisal.get", { id: id ?? "" }, { enabled: id !== undefined });
  return (
    <Page title={t("appraisal.title")}>
      <MeetingTabs here="appraisal" />
      <p className="soft">{t("appraisal.intro")}</p>
      <Loaded query={list}>
        {(page) => page.rows.length === 0 ? <Blank>{t("appraisal.none")}</Blank> : (
          <ul className="card flush list">
            {page.rows.map((row) => (
              <li key={row.id} className="line">
                <Link to="/appraisal" search={{ id: row.id }} aria-current={row.id === id ? "true" : undefined}>{sessionName(texts, row)}</Link>
                <Link to="/meeting" search={{ id: row.id }}>{t("appraisal.seeSession")}</Link>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {id ? <Loaded query={view}>{(data) => <Grades key={id} view={data} />}</Loaded> : null}
    </Page>
  );
}

function Grades({ view }: { view: AppraisalView }) {
  const { t } = useTexts();
  const say = useToast();
  const writes = useRecords();
  const save = useCommand("appraisal.save");
  const { typed: { grades: typed }, set, draft } = useTyped<{ grades: Record<string, Grade | null> }>("appraisal", view.session, { grades: {} });
  const gradeOf = (row: AppraisalRow) => (row.member in typed ? typed[row.member] ?? null : row.grade);
  const full = view.rows.filter((row) => row.full);
  const excellent = full.filter((row) => gradeOf(row) === "excellent").length;
  const changed = Object.keys(typed).length;
  function submit() {
    if (changed === 0 || save.isPending || !writes) return;
    const sent = Object.entries(typed).map(([member, grade]) => ({ member, grade }));
    save.mutate({ id: view.session, grades: sent }, { onSuccess: () => { say(t("appraisal.saved")); draft.startOver(); } });
  }
  useShortcuts({ "Ctrl+Enter": { label: "common.save", act: submit } });
  const rest = () => set({ grades: { ...typed, ...Object.fromEntries(full.filter((row) => gradeOf(row) === null).map((row) => [row.member, "qualified" as const])) } });
  return (
    <section className="stack" aria-label={t("appraisal.title")}>
      <div role="status">
        {excellent > view.most
          ? <Notice tone="yellow">{t("appraisal.over", { excellent, most: view.most })}</Notice>
          : <p>{t("appraisal.share", { full: full.length, excellent, most: view.most })}</p>}
      </div>
      <Source rule={view.rule} />
      {writes ? <TypedBefore draft={draft} /> : null}
      {writes ? (
        <div className="row">
          <Button onClick={rest}>{t("appraisal.restQualified")}</Button>
          <Button type="primary" onClick={submit} loading={save.isPending} disabled={changed === 0}>{t("appraisal.save")} Ctrl+Enter</Button>
          {changed > 0 ? <span className="soft" role="status">{t("appraisal.changed", { n: changed })}</span> : null}
        </div>
      ) : null}
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      <ul className="card flush list">
        {view.rows.map((row) => (
          <li key={row.member} className="line grade-line">
            <span className="what">{row.name} <span className="soft">{row.group}</span></span>
            {row.conflict ? <Mark tone="yellow">{t("common.conflict")}</Mark> : null}
            {row.full ? (
              <select className="control" aria-label={row.name} value={gradeOf(row) ?? ""} disabled={!writes}
                onChange={(event) => set({ grades: { ...typed, [row.member]: event.target.value === "" ? null : event.target.value as Grade } })}>
                <option value="">{t("appraisal.ungraded")}</option>
                {grades.map((grade) => <option key={grade} value={grade}>{t(`appraisal.${grade}`)}</option>)}
              </select>
            ) : <span className="soft">{t("appraisal.noGrade")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
