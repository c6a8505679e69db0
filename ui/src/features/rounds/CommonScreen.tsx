import { Button } from "antd";
import { useState } from "react";
import { useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { CommonRow } from "../../api/generated/CommonRow";
import { Blank, Dialog, errorText, keptAt, KeepButton, Loaded, Mark, Notice, Page, SelectField, TextField, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";
import { years } from "./parts";
import { ProblemsPart } from "./ProblemsPart";

/** 共性问题: problems of several units put together, each of them a task of the year for all. */
export function CommonScreen() {
  const texts = useTexts();
  const { t } = texts;
  const { overview } = useOffice();
  const today = overview?.today ?? "2026-01-01";
  const [year, setYear] = useState(today.slice(0, 4));
  const [shown, setShown] = useState<string>("none");
  const [sending, setSending] = useState<CommonRow | "all" | null>(null);
  const found = useQuery("common.list", { year: Number(year) });
  const writes = useRecords();
  return (
    <Page title={t("rounds.common")}>
      <div className="fields one"><SelectField label={t("rounds.tasksOf")} value={year} options={years(today)} onChange={setYear} /></div>
      <Loaded query={found}>{(list) => (
        <>
          <dl className="figures card">
            {([["problems", list.problems], ["problemUnits", list.units], ["grouped", list.problems - list.left], ["left", list.left], ["groupCount", list.groups.length]] as const).map(([key, n]) => (
              <div key={key}><dt>{t(`rounds.${key}`)}</dt><dd>{n}</dd></div>
            ))}
          </dl>
          <section className="stack" aria-labelledby="common-groups">
            <div className="row apart">
              <h2 id="common-groups">{t("rounds.common")}</h2>
              {writes && list.groups.length > 0 ? <Button type="primary" onClick={() => setSending("all")}>{t("rounds.sendAllTasks", { year })}</Button> : null}
            </div>
            {list.groups.length === 0 ? <Blank>{t("rounds.noCommon")}</Blank> : (
              <ul className="card flush list">
                {list.groups.map((group) => <Group key={group.id} group={group} year={year} onSend={() => setSending(group)} onShow={() => setShown(group.id)} />)}
              </ul>
            )}
          </section>
          <ProblemsPart groups={list.groups} shown={shown} onShow={setShown} />
          {sending === null ? null : <TasksDialog group={sending === "all" ? null : sending} groups={list.groups} year={year} onClose={() => setSending(null)} />}
        </>
      )}</Loaded>
    </Page>
  );
}

function Group({ group, year, onSend, onShow }: { group: CommonRow; year: string; onSend: () => void; onShow: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const writes = useRecords();
  const undo = useCommand("common.undo");
  const say = useToast();
  const [asking, setAsking] = useState(false);
  const take = () => undo.mutate({ id: group.id }, { onSuccess: () => { setAsking(false); say(t("rounds.undone")); } });
  return (
    <li className="line">
      <div className="what stack tight">
        <strong>{group.title}</strong>
        <span className="soft">{t("rounds.groupLine", { problems: group.problems, units: group.units.length })} {group.units.length > 0 ? texts.several(group.units.slice(0, 6)) : ""}{group.units.length > 6 ? "…" : ""}</span>
        {group.note ? <span className="soft">{group.note}</span> : null}
        <span className="row">
          <Mark tone={group.tasks === 0 ? "grey" : "blue"} glyph="info">{group.tasks === 0 ? t("rounds.noTasks", { year }) : t("rounds.taskLine", { year, tasks: group.tasks, closed: group.tasksClosed })}</Mark>
          {group.tasks > 0 && group.tasksMissing > 0 ? <Mark tone="yellow" glyph="info">{t("rounds.tasksMissing", { n: group.tasksMissing })}</Mark> : null}
        </span>
      </div>
      <span className="row">
        <Button onClick={onShow} aria-label={`${t("rounds.showProblems")} ${group.title}`}>{t("rounds.showProblems")}</Button>
        {writes ? <Button onClick={onSend} aria-label={`${t("rounds.sendTasks")} ${group.title}`}>{t("rounds.sendTasks")}</Button> : null}
        {writes ? <Button onClick={() => setAsking(true)} aria-label={`${t("rounds.undo")} ${group.title}`}>{t("rounds.undo")}</Button> : null}
      </span>
      <Dialog title={t("rounds.undoTitle", { title: group.title })} open={asking} onClose={() => setAsking(false)} footer={
        <><Button data-first onClick={() => setAsking(false)}>{t("common.cancel")}</Button><Button type="primary" loading={undo.isPending} onClick={take}>{t("rounds.undo")}</Button></>
      }>
        <p>{t("rounds.undoWhat")}</p>
        {undo.isError ? <Notice tone="red" alert>{errorText(texts, toDto(undo.error))}</Notice> : null}
      </Dialog>
    </li>
  );
}

/** The year's task for every unit. */
function TasksDialog({ group, groups, year, onClose }: { group: CommonRow | null; groups: readonly CommonRow[]; year: string; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const tasks = useCommand("common.tasks");
  const [leader, setLeader] = useState("");
  const of = group === null ? groups : [group];
  const missing = of.reduce((sum, one) => sum + one.tasksMissing, 0);
  const send = (keep = false) => tasks.mutate({ groups: of.map((one) => one.id), year: Number(year), to: [], leader, keepMatches: keep }, {
    onSuccess: ({ made, before }) => {
      say(before > 0 ? t("rounds.tasksSentBefore", { n: made, before }) : t("rounds.tasksSent", { n: made }));
      onClose();
    },
  });
  return (
    <Dialog title={t("rounds.tasksTitle", { year })} open onClose={onClose} footer={
      <><Button onClick={onClose}>{t("common.cancel")}</Button><Button type="primary" loading={tasks.isPending} disabled={missing === 0} onClick={() => send()}>{t("rounds.sendN", { n: missing })}</Button></>
    }>
      <p>{t("rounds.tasksWhat", { groups: of.length, missing, year })}</p>
      <ol>{of.map((one) => <li key={one.id}>{one.title}</li>)}</ol>
      <TextField label={t("flow.leader")} value={leader} onChange={setLeader} />
      <Notice tone="blue">{t("rounds.tasksLeave")}</Notice>
      {tasks.isError ? <Notice tone="red" alert action={keptAt(tasks.error, []) === "" ? <KeepButton onKeep={() => send(true)} /> : null}>{errorText(texts, toDto(tasks.error))}</Notice> : null}
    </Dialog>
  );
}
