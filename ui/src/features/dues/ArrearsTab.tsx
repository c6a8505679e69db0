import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery, useRecords } from "../../api";
import type { ArrearsRow } from "../../api/generated/ArrearsRow";
import { Blank, Dialog, ErrorNotice, Loaded, Mark, Notice, SelectField, TextField, useCopy, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 欠缴: who owes which months; the rule and the remedy in words. No status is changed. */
export function ArrearsTab() {
  const { t, yuan } = useTexts();
  const query = useQuery("dues.arrears", nothing);
  const rules = useQuery("rules.list", nothing).data?.current;
  const [asked, setAsked] = useState<ArrearsRow | null>(null);
  return (
    <>
      <Loaded query={query}>
        {(sheet) => (
          <>
            {sheet.left > 0 ? <Notice tone="blue">{t("dues.arrearsLeft", { n: sheet.left, sum: yuan(sheet.leftFen) })}</Notice> : null}
            {sheet.undated > 0 ? <Notice tone="blue">{t("dues.arrearsUndated", { n: sheet.undated })}</Notice> : null}
            {sheet.rows.length === 0 ? <Blank>{t("dues.arrearsNone")}</Blank> : (
              <>
                {sheet.rows.some((row) => row.remind) ? (
                  <Notice tone="yellow">
                    {sheet.rule.text} <span className="soft">{t("dues.rule", { citation: sheet.rule.citation, version: sheet.rule.version })}</span>
                    <br />{t("dues.arrearsRemedy", { n: rules?.backPayMonths ?? sheet.limit })}
                  </Notice>
                ) : null}
                <p>{t("dues.arrearsSum", { n: yuan(sheet.owedFen) })}</p>
                <ul className="card flush list">
                  {sheet.rows.map((row) => <Row key={row.member} row={row} onReason={() => setAsked(row)} />)}
                </ul>
              </>
            )}
          </>
        )}
      </Loaded>
      {asked ? <ReasonDialog row={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

/** Months in a row as `2025年9月至2026年2月`. */
function spans(months: readonly string[], date: (iso: string) => string, to: (from: string, to: string) => string): string[] {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  const out: [string, string][] = [];
  for (const month of months) {
    const last = out.at(-1);
    if (last && number(month) === number(last[1]) + 1) last[1] = month;
    else out.push([month, month]);
  }
  return out.map(([from, last]) => (from === last ? date(from) : to(date(from), date(last))));
}

function Row({ row, onReason }: { row: ArrearsRow; onReason: () => void }) {
  const { t, code, date, several, yuan } = useTexts();
  const copy = useCopy();
  const records = useRecords();
  const months = several(spans(row.months.map((one) => one.month), date, (from, to) => t("dues.noticePeriod", { from, to })));
  const reasons = [...new Set(row.months.map((one) => one.reason).filter(Boolean))];
  return (
    <li className="line">
      <span className="what">
        <strong>{row.name}</strong> {t("dues.arrearsMonths", { months, n: yuan(row.owedFen) })}
        {reasons.length > 0 ? <span className="soft"> · {several(reasons.map((reason) => code("dues", `reason_${reason}`)))}</span> : null}{" "}
        {row.remind ? <Mark tone="yellow">{t("dues.arrearsRun", { n: row.run })}</Mark> : null}
      </span>
      <Button onClick={() => copy(t("dues.remindText", { name: row.name, months, n: yuan(row.owedFen) }))} aria-label={`${t("dues.remindCopy")} ${row.name}`}>{t("dues.remindCopy")}</Button>
      {records ? <Button onClick={onReason} aria-label={`${t("dues.reason")} ${row.name}`}>{t("dues.reason")}</Button> : null}
    </li>
  );
}

const codes = ["away", "transferring", "deferred", "other"] as const;

function ReasonDialog({ row, onClose }: { row: ArrearsRow; onClose: () => void }) {
  const { t, code } = useTexts();
  const say = useToast();
  const save = useCommand("dues.reason");
  const [reason, setReason] = useState<(typeof codes)[number]>("away");
  const [fromMonth, setFrom] = useState(row.months[0]?.month ?? "");
  const [toMonth, setTo] = useState(row.months.at(-1)?.month ?? "");
  const submit = () => save.mutate({ member: row.member, fromMonth, toMonth, code: reason }, { onSuccess: () => { say(t("dues.reasonDone")); onClose(); } });
  return (
    <Dialog title={t("dues.reasonTitle", { name: row.name })} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} loading={save.isPending}>{t("common.save")}</Button>
      </>}>
      <SelectField label={t("dues.reasonCode")} required value={reason} onChange={setReason} hint={t("dues.reasonHint")}
        options={codes.map((value) => ({ value, label: code("dues", `reason_${value}`) }))} />
      <TextField label={t("dues.noticeFrom")} required value={fromMonth} onChange={setFrom} hint={t("dues.fromMonthHint")} />
      <TextField label={t("dues.noticeTo")} value={toMonth} onChange={setTo} />
      {save.isError ? <ErrorNotice error={save.error} /> : null}
    </Dialog>
  );
}
