import { Button } from "antd";
import { useState } from "react";
import { useCommand, useRecords } from "../../api";
import type { SubmissionView } from "../../api/generated/SubmissionView";
import { Dialog, fieldErrors, type FieldErrors, HistoryButton, keptAt, Notice, TextField, useToast } from "../../components";
import { type TextKey, useTexts } from "../../locales";
import { Words } from "./state";

const branchActs = ["withdraw", "stand", "explain"] as const;
type Act = (typeof branchActs)[number];

/** What was submitted, what was said on it, and which rows differ now. */
export function SubmissionPart({ submission }: { submission: SubmissionView }) {
  const { t, date } = useTexts();
  const records = useRecords();
  const [act, setAct] = useState<Act | null>(null);
  const may = records ? branchActs.filter((one) => submission.may.includes(one)) : [];
  return (
    <section className="card stack" aria-label={t("month.submission")}>
      <h2>{t("month.submission")}</h2>
      <p>{t("month.submittedOn", { date: date(submission.on), who: submission.person || "—" })} · <span className="soft">{t("month.digest", { digest: submission.digest.slice(0, 12) })}</span></p>
      {submission.disputed ? <Notice tone="yellow">{t(`month.crossed_${submission.state}` as TextKey)}</Notice> : null}
      {submission.doubled ? <Notice tone="yellow">{t("month.doubled")}</Notice> : null}
      <Differences submission={submission} />
      <Words words={submission.words} />
      {may.length > 0 ? (
        <div className="row">{may.map((one) => <Button key={one} onClick={() => setAct(one)}>{t(`month.${one}`)}</Button>)}</div>
      ) : null}
      {act ? <SayDialog id={submission.id} act={act} onClose={() => setAct(null)} /> : null}
    </section>
  );
}

/** 与已接收的有出入 n 条, row by row. */
export function Differences({ submission }: { submission: SubmissionView }) {
  const { t } = useTexts();
  if (submission.different === 0) return null;
  return (
    <div className="stack tight">
      <Notice tone={submission.explained ? "grey" : "yellow"}>
        {t(submission.state === "accepted" ? "month.different" : "month.differentPending", { n: submission.different })}
        {submission.state === "accepted" ? ` ${t(submission.explained ? "month.explained" : "month.notExplained")}` : ""}
      </Notice>
      <DifferentRows parts={submission.parts} />
    </div>
  );
}

/** Rows that differ, ledger by ledger. */
export function DifferentRows({ parts }: { parts: SubmissionView["parts"] }) {
  const { t, date, code } = useTexts();
  return (
    <>
      {parts.map((part) => part.rows.length === 0 && !part.untold ? null : (
        <div key={part.ledger}>
          <h3>{t(`ledger.${part.ledger}` as TextKey)}</h3>
          {part.untold ? <p className="soft">{t("month.untold")}</p> : null}
          <ul className="list">
            {part.rows.map((row, index) => (
              <li key={row.id ?? index} className="line">
                <span className="what"><strong>{code("month", `how_${row.how}`)}</strong> {row.recordType ? code("recordType", row.recordType) : ""} {row.title} <span className="soft">{row.date ? date(row.date) : ""}</span></span>
                {row.id ? <HistoryButton id={row.id} name={row.title} /> : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function SayDialog({ id, act, onClose }: { id: string; act: Act; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState(false);
  const commands = { withdraw: useCommand("month.withdraw"), stand: useCommand("month.stand"), explain: useCommand("month.explain") };
  const command = commands[act];

  function send(keepMatches = false) {
    if (act === "explain" && note.trim() === "") return setErrors({ note: t("errors.required") });
    command.mutate({ id, note: note.trim(), keepMatches }, {
      onSuccess: () => { say(t("common.saved")); onClose(); },
      onError: (error) => { setErrors(fieldErrors(texts, error, ["note"])); setStopped(keptAt(error, ["note"]) !== null); },
    });
  }

  return (
    <Dialog title={t(`month.${act}`)} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={command.isPending} onClick={() => send()}>{t(`month.${act}`)}</Button>
    </>}>
      <p>{t(`month.${act}Hint`)}</p>
      <TextField label={t("month.reason")} required={act === "explain"} rows={2} value={note} onChange={(text) => { setNote(text); setStopped(false); }}
        error={errors["note"]} keep={stopped ? () => send(true) : undefined} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
