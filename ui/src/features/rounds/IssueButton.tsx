import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { InterviewRow } from "../../api/generated/InterviewRow";
import { Dialog, errorText, keptAt, KeepButton, Notice, TextField, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";
import { nameOf } from "../flow/names";

interface Finding {
  id: string;
  topic: string;
  note: string;
}

/** 下发整改清单: what was found and not sent yet. */
export function IssueButton({ unit }: { unit: InterviewRow }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} aria-label={`${t("rounds.issue")} ${unit.item.officeName}`}>{t("rounds.issue")}</Button>
      {open ? <IssueDialog id={unit.item.id} unit={unit.item.officeName} findings={unit.findings.filter((finding) => finding.item === null)} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** A look at what leaves, before it becomes the unit's list. */
export function IssueDialog({ id, unit, findings, onClose }: { id: string; unit: string; findings: readonly Finding[]; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const issue = useCommand("interview.issue");
  const [person, setPerson] = useState("");
  const send = (keep = false) => issue.mutate({ id, person, keepMatches: keep }, {
    onSuccess: ({ made }) => {
      say(t("rounds.issued", { n: made }));
      onClose();
    },
  });
  return (
    <Dialog title={t("rounds.issue")} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={issue.isPending} onClick={() => send()}>{t("rounds.issueN", { n: findings.length })}</Button>
      </>
    }>
      <ol>{findings.map((finding) => <li key={finding.id}><strong>{nameOf(texts, finding.topic)}</strong> {finding.note}</li>)}</ol>
      <TextField label={t("rounds.issuePerson")} value={person} onChange={setPerson} />
      <Notice tone="blue">{t("rounds.issueLeaves", { unit })}</Notice>
      {issue.isError ? <Notice tone="red" alert action={keptAt(issue.error, []) === "" ? <KeepButton onKeep={() => send(true)} /> : null}>{errorText(texts, toDto(issue.error))}</Notice> : null}
    </Dialog>
  );
}
