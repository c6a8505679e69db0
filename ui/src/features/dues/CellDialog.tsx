import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useOffice, useQuery } from "../../api";
import type { DuesRow } from "../../api/generated/DuesRow";
import { DateField, Dialog, errorText, Notice, TextField, toDto, TypedBefore, useToast } from "../../components";
import { formatYuan, readYuan, useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { type HandIn, HandInFields, ofEntry, own } from "./HandInFields";
import { BothRight, PaymentItem } from "./PaymentItem";
import { cellOf, monthOf, ownHand } from "./sums";

/** The payments behind one cell: add one, or reverse one; none is ever changed. */
export function CellDialog({ row, year, month, onClose }: { row: DuesRow; year: number; month: number; onClose: () => void }) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const cell = cellOf(row, month);
  const [adding, setAdding] = useState(false);
  const open = cell ? Math.max(0, cell.dueFen - cell.paidFen) : 0;
  return (
    <Dialog title={t("dues.payments", { name: row.name, month: texts.month(month) })} open onClose={onClose}
      footer={<Button onClick={onClose}>{t("common.close")}</Button>}>
      <p>{t("dues.due")} {yuan(cell?.dueFen ?? 0)} · {t("dues.paid")} {yuan(cell?.paidFen ?? 0)}</p>
      {cell?.incomplete ? <Notice tone="yellow">{t("dues.reliefIncomplete")}</Notice> : null}
      {cell?.double ? <Notice tone="yellow">{t("dues.double")}</Notice> : null}
      <ul className="list card flush">
        {cell?.payments.length ? cell.payments.map((payment) => <PaymentItem key={payment.id} payment={payment} />)
          : <li className="soft">{t("dues.noPayments")}</li>}
      </ul>
      {cell?.double ? <BothRight payments={cell.payments} /> : null}
      {adding ? (
        <AddPayment member={row.member} month={monthOf(year, month)} open={open} onDone={() => setAdding(false)} />
      ) : (
        <div><Button onClick={() => setAdding(true)}>{t("dues.addPayment")}</Button></div>
      )}
      <p className="soft">{t("dues.noChange")}</p>
    </Dialog>
  );
}

/** One payment for a month, or a voluntary extra where there is none. */
export function AddPayment({ member, month, open, onDone }: { member: string; month: string | null; open: number; onDone: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const { overview } = useOffice();
  const collect = useCommand("dues.collect");
  const rules = useQuery("rules.list", nothing).data?.current;
  const { typed: { amount, on, hand }, set, draft, done } = useTyped<{ amount: string; on: string; hand: HandIn }>("payment", `${member} ${month ?? "extra"}`, {
    amount: open > 0 ? formatYuan(open) : "", on: "", hand: own,
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [far, setFar] = useState(false);
  const back = rules?.articles.find((article) => article.id === "dues_back_payment");
  const late = month !== null && overview?.clockPlausible ? monthsFrom(month, overview.today) : 0;

  function save(confirmDate = false) {
    const amountFen = readYuan(amount);
    const found: Record<string, string> = {};
    if (!amountFen) found["amountFen"] = t("errors.required");
    if (hand.way !== "" && !hand.consent) found["consent"] = t("errors.dues_consent_missing");
    setErrors(found);
    if (!amountFen || Object.keys(found).length > 0 || collect.isPending) return;
    const entry = { ...ownHand(member, month ?? "", amountFen), extra: month === null, ...hand, handedBy: hand.handedBy.trim() };
    collect.mutate({ entries: [entry], on: on.trim(), quarterly: false, confirmDate }, {
      onSuccess: (output) => {
        done();
        say([t("dues.collectDone", { n: 1 }), t("dues.receipt", { n: output.receipts[0]?.number ?? "" })].join(" · "));
        onDone();
      },
      onError: (error) => { const dto = toDto(error); setFar(dto.code === "date_far"); setErrors({ [dto.field === "on" ? "on" : ofEntry(dto.field)]: errorText(texts, dto) }); },
    });
  }

  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <TypedBefore draft={draft} />
      {rules && back && late > rules.backPayMonths ? <Notice tone="yellow">{t("dues.beyondWarn", { n: rules.backPayMonths, rule: back.text })}</Notice> : null}
      <TextField label={t("dues.amount")} required value={amount} onChange={(next) => set({ amount: next })} inputMode="decimal" autoFocus error={errors["amountFen"]}
        hint={month === null && rules ? t("dues.extraHint", { n: formatYuan(rules.centreExtraFen) }) : undefined} />
      <DateField label={t("dues.collectOn")} value={on} onChange={(next) => set({ on: next })} hint={t("dues.collectOnHint")} error={errors["on"]}
        confirm={far ? () => { setFar(false); save(true); } : undefined} />
      <HandInFields value={hand} errors={errors} onChange={(next) => set({ hand: next })} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={collect.isPending}>{t("common.save")}</Button>
      </div>
    </form>
  );
}

/** Whole months from one (`2025-11`) to that of a day. */
function monthsFrom(month: string, day: string): number {
  const number = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return number(day) - number(month);
}
