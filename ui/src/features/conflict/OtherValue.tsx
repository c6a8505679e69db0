import { Button } from "antd";
import { useState } from "react";
import { DateField, fieldErrors, TextField, toDto } from "../../components";
import { readYuan, useTexts } from "../../locales";
import { readHours } from "../meeting/kinds";

/** 另填: typed as the form of the field takes it, so that a date is a day and an amount is money. */
export function OtherValue({ entry, error, busy, onTyped, onUse }: {
  entry: string;
  /** What the node said to the last try. */
  error: unknown;
  busy: boolean;
  onTyped: () => void;
  onUse: (value: string, confirmDate: boolean) => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string>();
  const failed = error ? fieldErrors(texts, error, ["value"])["value"] : undefined;
  const far = error ? toDto(error).code === "date_far" : false;

  function submit(confirmDate = false) {
    const typed = text.trim();
    if (typed === "") return setWrong(t("errors.required"));
    const value = valueOf(entry, typed);
    if (value === null) return setWrong(t(entry === "amount" ? "care.amountWrong" : "conflicts.numberWrong"));
    if (!busy) onUse(value, confirmDate);
  }

  const field = { label: t("conflicts.otherValue"), value: text, error: wrong ?? failed, onChange: (next: string) => { setText(next); setWrong(undefined); onTyped(); } };
  return (
    <form className="row at-foot" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div className="grow">
        {entry === "date" ? <DateField {...field} confirm={far ? () => submit(true) : undefined} />
          : entry === "month" ? <TextField {...field} autoFocus hint={t("dues.fromMonthHint")} />
          : entry === "text" ? <TextField {...field} autoFocus />
          : <TextField {...field} autoFocus inputMode="decimal" hint={entry === "amount" ? t("conflicts.yuanHint") : undefined} />}
      </div>
      <Button type="primary" htmlType="submit" loading={busy}>{t("conflicts.settle")}</Button>
    </form>
  );
}

/** As the node takes it: fen, tenths of an hour; none where it is no such value. */
function valueOf(entry: string, text: string): string | null {
  if (entry === "amount") return numeral(readYuan(text));
  if (entry === "hours") return numeral(readHours(text));
  if (entry === "number") return /^\d{1,9}$/.test(text) ? text : null;
  return text;
}

const numeral = (value: number | null) => (value === null ? null : String(value));
