import { Button } from "antd";
import { useEffect, useState } from "react";
import { useAsk } from "../api";
import type { DateOutput } from "../api/generated/DateOutput";
import { useTexts } from "../locales";
import { type FieldProps, TextField } from "./Field";
import { Mark } from "./Words";

/** A date as typed; what the node understands stands below it. */
export function DateField({ value, onChange, confirm, hint, ...field }: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  /** Offered when the date is more than a year from today. */
  confirm?: (() => void) | undefined;
}) {
  const { t, date } = useTexts();
  const read = useDateReading(value);
  return (
    <div className="stack tight">
      <TextField {...field} value={value} onChange={onChange}
        hint={read ? <ReadDate read={read} text={date(read.date)} /> : hint ?? t("visit.dateHint")} />
      {confirm ? <Button onClick={confirm}>{t("errors.dateConfirm")}</Button> : null}
    </div>
  );
}

function ReadDate({ read, text }: { read: DateOutput; text: string }) {
  const { t } = useTexts();
  return (
    <span className="row">
      {text}
      {read.late ? <Mark tone="grey" glyph="info">{t("common.late")}</Mark> : null}
    </span>
  );
}

function useDateReading(text: string): DateOutput | null {
  const ask = useAsk();
  const [read, setRead] = useState<{ text: string; output: DateOutput } | null>(null);
  const typed = text.trim();
  useEffect(() => {
    if (typed === "") return;
    let stale = false;
    const timer = setTimeout(() => {
      ask("date.read", { text: typed }).then(
        (output) => stale || setRead({ text: typed, output }),
        () => stale || setRead(null),
      );
    }, 200);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
    // A new reading only for new text.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed]);
  return read !== null && read.text === typed ? read.output : null;
}
