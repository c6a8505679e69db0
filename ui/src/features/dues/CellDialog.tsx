import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { DuesRow } from "../../api/generated/DuesRow";
import type { PaymentRow } from "../../api/generated/PaymentRow";
import { DateField, Dialog, ErrorNotice, HistoryButton, Notice, TextField, useToast } from "../../components";
import { formatYuan, readYuan, useTexts } from "../../locales";
import { cellOf, monthOf } from "./sums";

/** The payments behind one cell: add one, or reverse one; none is ever changed. */
export function CellDialog({ row, year, month, onClose }: { row: DuesRow; year: number; month: number; onClose: () => void }) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const cell = cellOf(row, month);
  const [reversing, setReversing] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const open = cell ? Math.max(0, cell.dueFen - cell.paidFen) : 0;
  return (
    <Dialog title={t("dues.payments", { name: row.name, month: texts.month(month) })} open onClose={onClose}
      footer={<Button onClick={onClose}>{t("common.close")}</Button>}>
      <p>{t("dues.due")} {yuan(cell?.dueFen ?? 0)} · {t("dues.paid")} {yuan(cell?.paidFen ?? 0)}</p>
      {cell?.double ? <Notice tone="yellow">{t("dues.double")}</Notice> : null}
      <ul className="list card flush">
        {cell?.payments.length ? cell.payments.map((payment) => (
          <Payment key={payment.id} payment={payment} reversing={reversing === payment.id}
            onReverse={() => setReversing(payment.id)} onDone={() => setReversing(null)} />
        )) : <li className="soft">{t("dues.noPayments")}</li>}
      </ul>
      {adding ? (
        <Add member={row.member} month={monthOf(year, month)} open={open} onDone={() => setAdding(false)} />
      ) : (
        <div><Button onClick={() => setAdding(true)}>{t("dues.addPayment")}</Button></div>
      )}
      <p className="soft">{t("dues.noChange")}</p>
    </Dialog>
  );
}

function Payment({ payment, reversing, onReverse, onDone }: {
  payment: PaymentRow;
  reversing: boolean;
  onReverse: () => void;
  onDone: () => void;
}) {
  const { t, date, yuan } = useTexts();
  const say = useToast();
  const reverse = useCommand("dues.reverse");
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);

  function save() {
    setMissing(reason.trim() === "");
    if (reason.trim() === "") return;
    reverse.mutate({ payment: payment.id, reason: reason.trim() }, { onSuccess: () => { say(t("dues.reverseDone")); onDone(); } });
  }

  return (
    <li className="stack tight">
      <div className="line">
        <span className="what">
          {t("dues.paymentLine", { date: date(payment.on), amount: yuan(payment.amountFen) })}{" "}
          <span className="soft">
            {[payment.reverses ? t("dues.reversal") : "", payment.reversed ? t("dues.reversed") : "", payment.handedBy ? t("dues.handedBy", { name: payment.handedBy }) : "", payment.note]
              .filter(Boolean).join(" · ")}
          </span>
        </span>
        <HistoryButton id={payment.id} name={t("dues.paymentLine", { date: date(payment.on), amount: yuan(payment.amountFen) })} />
        {payment.reverses || payment.reversed || reversing ? null : <Button onClick={onReverse}>{t("dues.reverse")}</Button>}
      </div>
      {reversing ? (
        <div className="stack tight">
          <TextField label={t("dues.reverseReason")} required value={reason} onChange={setReason} autoFocus
            error={missing ? t("errors.required") : undefined} />
          <div className="row end">
            <Button onClick={onDone}>{t("common.cancel")}</Button>
            <Button type="primary" onClick={save} loading={reverse.isPending}>{t("dues.reverse")}</Button>
          </div>
          {reverse.isError ? <ErrorNotice error={reverse.error} /> : null}
        </div>
      ) : null}
    </li>
  );
}

function Add({ member, month, open, onDone }: { member: string; month: string; open: number; onDone: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const collect = useCommand("dues.collect");
  const [amount, setAmount] = useState(open > 0 ? formatYuan(open) : "");
  const [on, setOn] = useState("");
  const [handedBy, setHandedBy] = useState("");
  const [wrong, setWrong] = useState(false);

  function save() {
    const amountFen = readYuan(amount);
    setWrong(!amountFen);
    if (!amountFen) return;
    collect.mutate({ entries: [{ member, month, amountFen, handedBy: handedBy.trim() }], on: on.trim() }, {
      onSuccess: () => { say(t("dues.collectDone", { n: 1 })); onDone(); },
    });
  }

  return (
    <div className="card stack">
      <TextField label={t("dues.amount")} required value={amount} onChange={setAmount} inputMode="decimal" autoFocus
        error={wrong ? t("errors.amount_out_of_range") : undefined} />
      <DateField label={t("dues.collectOn")} value={on} onChange={setOn} hint={t("dues.collectOnHint")} />
      <TextField label={t("dues.handedByField")} value={handedBy} onChange={setHandedBy} hint={t("dues.handedByHint")} />
      {collect.isError ? <ErrorNotice error={collect.error} /> : null}
      <div className="row end">
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={save} loading={collect.isPending}>{t("common.save")}</Button>
      </div>
    </div>
  );
}
