import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery } from "../../api";
import type { AdmissionRecord } from "../../api/generated/AdmissionRecord";
import type { AdmissionView } from "../../api/generated/AdmissionView";
import type { StageRow } from "../../api/generated/StageRow";
import { DeleteButton, ErrorNotice, HistoryButton, Loaded, Mark, Notice, Page, type Tone, useToast } from "../../components";
import { useTexts } from "../../locales";
import { ApplicantDialog } from "./Admissions";
import { StepDialog } from "./StepDialog";

const tones: Record<string, Tone> = { blocked: "grey", open: "blue", refused: "yellow", done: "green" };

/** 发展党员: one applicant, stage by stage, each with its days and its rule. */
export function ApplicantScreen() {
  const { t } = useTexts();
  const { id } = useSearch({ strict: false });
  const view = useQuery("admission.get", { id: id ?? "" }, { enabled: id !== undefined });
  const [editing, setEditing] = useState(false);
  return (
    <Page title={view.data?.row.name ?? t("admission.formTitle")} writes actions={id ? <><Button onClick={() => setEditing(true)}>{t("mobile.edit")}</Button><HistoryButton id={id} /><DeleteButton id={id} to="/members" /></> : null}>
      <Loaded query={view}>{(found) => <Course view={found} />}</Loaded>
      {editing && view.data ? <ApplicantDialog row={view.data.row} onClose={() => setEditing(false)} /> : null}
    </Page>
  );
}

function Course({ view }: { view: AdmissionView }) {
  const { t, code } = useTexts();
  const say = useToast();
  const enrol = useCommand("admission.enrol");
  const [step, setStep] = useState<StageRow | null>(null);
  return (
    <>
      <Notice tone="blue">{t("admission.nothingAutomatic")}</Notice>
      {view.row.closed ? <Notice tone="grey">{view.row.closed}</Notice> : null}
      {view.roster ? (
        <div className="row"><Button type="primary" loading={enrol.isPending} onClick={() => enrol.mutate({ id: view.row.id }, { onSuccess: () => say(t("common.saved")) })}>{code("admission", view.roster)}</Button></div>
      ) : null}
      {enrol.isError ? <ErrorNotice error={enrol.error} /> : null}
      <ol className="card flush list plain">
        {view.stages.map((stage) => <Stage key={stage.code} stage={stage} onRecord={() => setStep(stage)} />)}
      </ol>
      {step ? <StepDialog applicant={view.row.id} stage={step} onClose={() => setStep(null)} /> : null}
    </>
  );
}

function Stage({ stage, onRecord }: { stage: StageRow; onRecord: () => void }) {
  const { t, code, date, has, several } = useTexts();
  const ours = stage.by === "branch" && stage.code !== "application";
  const days = [
    stage.earliest ? t("admission.earliest", { date: date(stage.earliest) }) : "",
    stage.latest ? t("admission.latest", { date: date(stage.latest) }) : "",
    stage.special ? t("admission.special", { date: date(stage.special) }) : "",
  ].filter(Boolean);
  const missing = stage.missing.map((what) => (has(`admission.missing_${what}`) ? code("admission", `missing_${what}`) : code("stage", what)));
  return (
    <li className="stack tight">
      <div className="line">
        <div className="what">
          <strong>{code("stage", stage.code)}</strong>{" "}
          <span className="soft">{stage.doneOn ? date(stage.doneOn) : ""}</span>
          {stage.state === "done" && stage.code !== "review" ? null : <div className="soft">{[...days, ours || stage.code === "application" ? "" : t("admission.byCommittee")].filter(Boolean).join(" · ")}</div>}
          {missing.length > 0 ? <div className="soft">{t("admission.missing", { what: several(missing) })}</div> : null}
        </div>
        <span className="row">
          {stage.overdue ? <Mark tone="yellow">{t("admission.overdue")}</Mark> : null}
          <Mark tone={tones[stage.state] ?? "grey"} glyph={stage.state === "blocked" ? "info" : stage.state === "open" ? "pen" : stage.state === "done" ? "check" : "warn"}>{code("admission", `state_${stage.state}`)}</Mark>
          {ours ? (
            <Button type={stage.state === "open" ? "primary" : "default"} onClick={onRecord} aria-label={`${t(stage.code.startsWith("ask_") ? "admission.ask" : "admission.record")} ${code("stage", stage.code)}`}>
              {t(stage.code.startsWith("ask_") ? "admission.ask" : "admission.record")}
            </Button>
          ) : null}
        </span>
      </div>
      {stage.records.map((record) => <Told key={record.id} record={record} />)}
      <details><summary className="soft">{stage.rule.citation}</summary><p className="soft">{stage.rule.text}</p></details>
    </li>
  );
}

function Told({ record }: { record: AdmissionRecord }) {
  const { t, date } = useTexts();
  const undo = useCommand("admission.void");
  const { votes } = record;
  const words = [
    date(record.on),
    record.passed === null ? "" : t(record.passed ? "admission.passed" : "admission.refused"),
    record.person,
    record.days === null ? "" : `${t("admission.days")} ${record.days}`,
    votes ? t("admission.votesLine", { due: votes.due, present: votes.present, written: votes.written, inFavour: votes.inFavour }) : "",
    record.note,
    record.reason ? t("admission.reasonShown", { reason: record.reason }) : "",
  ].filter(Boolean);
  return (
    <div className="row soft">
      <span>{words.join(" · ")}</span>
      {record.void ? <Mark tone="grey" glyph="info">{t("admission.voided")}</Mark> : null}
      {record.passed === null && !record.void ? <Button onClick={() => undo.mutate({ id: record.id })}>{t("admission.void")}</Button> : null}
    </div>
  );
}
