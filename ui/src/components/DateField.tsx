import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useAsk } from "../api";
import type { DateOutput } from "../api/generated/DateOutput";
import { useTexts } from "../locales";
import { errorText, toDto } from "./errors";
import { type FieldProps, TextField } from "./Field";
import { Mark } from "./Words";

/** A date as typed; what the node understands stands below it. */
export function DateField({ value, onChange, onRead, confirm, ahead = false, hint, error, ...field }: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  /** A deadline or something planned: without a year it is the next such day. */
  ahead?: boolean;
  /** Told which day was understood, null while none is: for a screen that asks by the day, without a form to send. */
  onRead?: (iso: string | null) => void;
  /** Offered when the date is more than a year from today. */
  confirm?: (() => void) | undefined;
}) {
  const texts = useTexts();
  const { t, date } = texts;
  const { read, refused } = useDateReading(value, ahead);
  const iso = read?.date ?? null;
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });
  useEffect(() => {
    latest.current?.(iso);
  }, [iso]);
  // A form says what is wrong when it is sent; here nobody else would.
  const wrong = error ?? (onRead && refused !== null ? errorText(texts, toDto(refused)) : undefined);
  return (
    <div className="stack tight">
      <TextField {...field} error={wrong} value={value} onChange={onChange}
        hint={read ? <ReadDate late={read.late && onRead === undefined} text={date(read.date)} /> : hint ?? t("visit.dateHint")} />
      {confirm ? <Button onClick={confirm}>{t("errors.dateConfirm")}</Button> : null}
    </div>
  );
}

/** 补录 is said of what is recorded, and not of a day that is asked about. */
function ReadDate({ late, text }: { late: boolean; text: string }) {
  const { t } = useTexts();
  return (
    <span className="row">
      {text}
      {late ? <Mark tone="grey" glyph="info">{t("common.late")}</Mark> : null}
    </span>
  );
}

function useDateReading(text: string, ahead: boolean): { read: DateOutput | null; refused: unknown } {
  const ask = useAsk();
  const [answer, setAnswer] = useState<{ text: string; read: DateOutput | null; refused: unknown } | null>(null);
  const typed = text.trim();
  useEffect(() => {
    if (typed === "") return;
    let stale = false;
    const timer = setTimeout(() => {
      ask("date.read", { text: typed, ahead }).then(
        (read) => stale || setAnswer({ text: typed, read, refused: null }),
        (refused: unknown) => stale || setAnswer({ text: typed, read: null, refused }),
      );
    }, 200);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
    // A new reading only for new text.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed]);
  return answer !== null && answer.text === typed && typed !== "" ? answer : { read: null, refused: null };
}
