import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../../api";
import type { SubmissionView } from "../../api/generated/SubmissionView";
import { fieldErrors, type FieldErrors, keptAt, Loaded, Notice, Page, TextField, useToast } from "../../components";
import { type TextKey, useTexts } from "../../locales";
import { PeriodPart } from "./PeriodPart";
import { MonthMark, Words } from "./state";
import { Differences } from "./SubmissionPart";
import "./month.css";

/** One submission at the superior: what it says, and 接收 or 退回. */
export function SubmissionScreen() {
  const { t } = useTexts();
  const { id } = useSearch({ strict: false });
  const found = useQuery("submission.get", { id: id ?? "" }, { enabled: id !== undefined });
  return (
    <Page title={t("month.submission")} narrow actions={<Link to="/decide" className="ant-btn">{t("common.back")}</Link>}>
      <Loaded query={found}>{(submission) => <Decide key={submission.id} submission={submission} />}</Loaded>
    </Page>
  );
}

function Decide({ submission }: { submission: SubmissionView }) {
  const texts = useTexts();
  const { t, date } = texts;
  const records = useRecords();
  const navigate = useNavigate();
  const say = useToast();
  const decide = useCommand("submission.decide");
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  // The word that was stopped, where the note may stay as it is.
  const [stopped, setStopped] = useState<boolean | null>(null);
  const may = records ? submission.may : [];
  const number = Number(submission.month.slice(5));

  function send(accept: boolean, keepMatches = false) {
    if (!accept && note.trim() === "") return setErrors({ note: t("month.noteNeeded") });
    setErrors({});
    setStopped(null);
    decide.mutate({ id: submission.id, accept, note: note.trim(), digest: submission.digest, keepMatches }, {
      onSuccess: () => { say(t(accept ? "month.accepted" : "month.returned")); void navigate({ to: "/decide" }); },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, ["note"]));
        setStopped(keptAt(error, ["note"]) === null ? null : accept);
      },
    });
  }

  return (
    <>
      <section className="card stack" aria-label={submission.officeName}>
        <div className="row apart">
          <h2>{submission.officeName} {date(submission.month)}</h2>
          <span className="row"><MonthMark state={submission.state} disputed={submission.disputed} /></span>
        </div>
        <p>{t("month.submittedOn", { date: date(submission.on), who: submission.person || "—" })} · <span className="soft">{t("month.digest", { digest: submission.digest.slice(0, 12) })}</span></p>
        <div className="scroll">
          <table className="table month-rows">
            <thead><tr><th scope="col">{t("ledger.ledgerField")}</th><th scope="col" className="num">{t("month.rows")}</th><th scope="col">{t("month.see")}</th></tr></thead>
            <tbody>
              {submission.parts.map((part) => (
                <tr key={part.ledger}>
                  <th scope="row">{t(`ledger.${part.ledger}` as TextKey)}</th>
                  <td className="num">{part.count}</td>
                  <td><Link to="/merged" search={{ ledger: part.ledger, office: submission.office, month: number }}>{t("month.seeRows")}</Link></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {submission.disputed ? <Notice tone="yellow">{t(`month.crossed_${submission.state}` as TextKey)}</Notice> : null}
        {submission.doubled ? <Notice tone="yellow">{t("month.doubled")}</Notice> : null}
        <Differences submission={submission} />
        <Words words={submission.words} />
      </section>
      {may.length > 0 ? (
        <section className="card stack" aria-label={t("month.decide")}>
          <TextField label={t("month.note")} rows={2} value={note} onChange={(typed) => { setNote(typed); setStopped(null); }} error={errors["note"]} hint={t("month.noteHint")}
            keep={stopped === null ? undefined : () => send(stopped, true)} />
          {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
          <div className="row end">
            {may.includes("return") ? <Button loading={decide.isPending} onClick={() => send(false)}>{t("month.return")}</Button> : null}
            {may.includes("accept") ? <Button type="primary" loading={decide.isPending} onClick={() => send(true)}>{t("month.accept")}</Button> : null}
          </div>
        </section>
      ) : null}
      <PeriodPart period={submission.month} of={submission.office} />
    </>
  );
}
