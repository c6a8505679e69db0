import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { PaymentRow } from "../../api/generated/PaymentRow";
import { ErrorNotice, HistoryButton, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";

/** A payment with everything that is kept of it; reversed by an entry of its own, never changed. */
export function PaymentItem({ payment }: { payment: PaymentRow }) {
  const { t, code, date, yuan } = useTexts();
  const say = useToast();
  const reverse = useCommand("dues.reverse");
  const [reversing, setReversing] = useState(false);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const line = t("dues.paymentLine", { date: date(payment.on), amount: yuan(payment.amountFen) });
  const handed = payment.handedBy === "" ? ""
    : [payment.way === "" ? "" : code("dues", `way_${payment.way}`), t("dues.handedBy", { name: payment.handedBy })].filter(Boolean).join(" ");
  const marks = [
    payment.kind ? code("dues", payment.kind) : "",
    payment.reverses ? t("dues.reversal") : "",
    payment.reversed ? t("dues.reversed") : "",
    payment.lateMonths > 0 && !payment.reverses ? t("dues.lateMonths", { n: payment.lateMonths }) : "",
    payment.quarterly ? t("dues.quarterlyMark") : "",
    handed,
    payment.receipt ? t("dues.receipt", { n: payment.receipt }) : "",
    payment.note,
  ];

  function save() {
    setMissing(reason.trim() === "");
    if (reason.trim() === "" || reverse.isPending) return;
    reverse.mutate({ payment: payment.id, reason: reason.trim() }, { onSuccess: () => { say(t("dues.reverseDone")); setReversing(false); } });
  }

  return (
    <li className="stack tight">
      <div className="line">
        <span className="what">{line} <span className="soft">{marks.filter(Boolean).join(" · ")}</span></span>
        <HistoryButton id={payment.id} name={line} />
        {payment.reverses || payment.reversed || reversing ? null : <Button onClick={() => setReversing(true)}>{t("dues.reverse")}</Button>}
      </div>
      {reversing ? (
        <form className="stack tight" onSubmit={(event) => { event.preventDefault(); save(); }}>
          <TextField label={t("dues.reverseReason")} required value={reason} onChange={setReason} autoFocus
            error={missing ? t("errors.required") : undefined} />
          <div className="row end">
            <Button onClick={() => setReversing(false)}>{t("common.cancel")}</Button>
            <Button type="primary" htmlType="submit" loading={reverse.isPending}>{t("dues.reverse")}</Button>
          </div>
          {reverse.isError ? <ErrorNotice error={reverse.error} /> : null}
        </form>
      ) : null}
    </li>
  );
}

/** 都对: payments that look double are each right; the word is kept. */
export function BothRight({ payments }: { payments: readonly PaymentRow[] }) {
  const { t } = useTexts();
  const say = useToast();
  const right = useCommand("dues.both_right");
  const [note, setNote] = useState("");
  const standing = payments.filter((payment) => !payment.reverses && !payment.reversed).map((payment) => payment.id);
  return (
    <div className="stack tight">
      <p>{t("dues.doubleSettle")}</p>
      <TextField label={t("dues.bothRightNote")} value={note} onChange={setNote} />
      <div className="row">
        <Button loading={right.isPending} onClick={() => right.mutate({ payments: standing, note: note.trim() }, { onSuccess: () => say(t("dues.bothRightDone")) })}>
          {t("dues.bothRight")}
        </Button>
      </div>
      {right.isError ? <ErrorNotice error={right.error} /> : null}
    </div>
  );
}
