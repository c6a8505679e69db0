import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../../api";
import { Dialog, ErrorNotice, fieldErrors, type FieldErrors, keptAt, Mark, Notice, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { Words } from "./state";
import { DifferentRows } from "./SubmissionPart";

/** 锁定: closing a month or a year, and opening it again by a decision with a reason. */
export function PeriodPart({ period, of = null, mayClose = true }: { period: string; of?: string | null; mayClose?: boolean }) {
  const { t, date } = useTexts();
  const [opening, setOpening] = useState(false);
  const say = useToast();
  const list = useQuery("period.list", { year: Number(period.slice(0, 4)), office: of });
  const close = useCommand("period.close");
  const row = list.data?.find((one) => one.period === period);
  const closed = of === null ? row?.closedHere : row?.closedAbove;
  const name = period.length === 4 ? t("frame.yearOf", { year: period }) : date(period);
  const reads = !useRecords();
  return (
    <section className="card stack" aria-label={t("month.lock")}>
      <h2>{t("month.lock")}</h2>
      <p className="soft">{t("month.lockHint")}</p>
      {row?.closedAbove && of === null ? <Mark tone="grey" glyph="lock">{t("month.closedAbove")}</Mark> : null}
      {row ? <Words words={row.words} /> : null}
      {row && row.different > 0 ? (
        <div className="stack tight">
          <Notice tone="yellow">{t("month.amended", { n: row.different })}</Notice>
          <DifferentRows parts={row.parts} />
        </div>
      ) : null}
      {close.isError ? <ErrorNotice error={close.error} /> : null}
      {reads ? null : (
        <div className="row">
          {closed
            ? <Button onClick={() => setOpening(true)}>{t("month.reopen", { period: name })}</Button>
            : <Button disabled={!mayClose} loading={close.isPending} onClick={() => close.mutate({ period, note: "", office: of, keepMatches: false }, { onSuccess: () => say(t("month.closed", { period: name })) })}>{t("month.close", { period: name })}</Button>}
        </div>
      )}
      {opening ? <ReopenDialog period={period} of={of} onClose={() => setOpening(false)} /> : null}
    </section>
  );
}

function ReopenDialog({ period, of, onClose }: { period: string; of: string | null; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const reopen = useCommand("period.reopen");
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState(false);

  function send(keepMatches = false) {
    if (note.trim() === "") return setErrors({ note: t("errors.required") });
    setStopped(false);
    reopen.mutate({ period, note: note.trim(), office: of, keepMatches }, {
      onSuccess: onClose,
      onError: (error) => {
        setErrors(fieldErrors(texts, error, ["note"]));
        setStopped(keptAt(error, ["note"]) === "note");
      },
    });
  }

  return (
    <Dialog title={t("month.reopenTitle")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={reopen.isPending} onClick={() => send()}>{t("month.reopenTitle")}</Button>
    </>}>
      <TextField label={t("month.reason")} required rows={2} value={note} onChange={(typed) => { setNote(typed); setStopped(false); }} error={errors["note"]} keep={stopped ? () => send(true) : undefined} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
