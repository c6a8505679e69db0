import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { Check, Choice, DateField, ErrorNotice, errorText, Notice, SelectField, toDto, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { byMember, monthsOf, monthSums, openEntries } from "./sums";

/** Month or quarter, 本月全收, and the sums to count the cash against. */
export function CollectBar({ sheet, month, quarterly, ticked, waits, onMonth, onQuarterly, onStart, onStop }: {
  sheet: DuesSheet;
  month: number;
  quarterly: boolean;
  ticked: ReadonlySet<string> | null;
  /** Another page is asked for: nothing is collected of this one. */
  waits: boolean;
  onQuarterly: (on: boolean) => void;
  onMonth: (month: number) => void;
  onStart: () => void;
  onStop: () => void;
}) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const say = useToast();
  const collect = useCommand("dues.collect");
  const [on, setOn] = useState("");
  const [consent, setConsent] = useState(false);
  const [asked, setAsked] = useState(false);
  const [beyond, setBeyond] = useState("");
  const open = openEntries(sheet, monthsOf(month, quarterly));
  const entries = open.filter((entry) => ticked?.has(entry.member));
  const cash = entries.reduce((sum, entry) => sum + entry.amountFen, 0);
  const sums = monthSums(sheet, month);
  const name = quarterly ? t("dues.quarterOf", { n: Math.ceil(month / 3) }) : texts.month(month);

  const failed = collect.isError ? toDto(collect.error) : null;
  function save(confirmDate = false) {
    if (entries.length === 0 || waits || collect.isPending) return;
    setAsked(quarterly && !consent);
    if (quarterly && !consent) return;
    collect.mutate({ entries, on: on.trim(), quarterly, confirmDate }, {
      onSuccess: (output) => {
        const numbers = output.receipts.map((receipt) => receipt.number).toSorted();
        say([t("dues.collectDone", { n: entries.length }), t("dues.receipts", { from: numbers[0] ?? "", to: numbers.at(-1) ?? "" })].join(" · "));
        setBeyond(output.beyond.length === 0 ? "" : t("dues.beyond", { months: texts.several(output.beyond.map(texts.date)), rule: output.rule.text }));
        onStop();
      },
    });
  }
  function start() {
    // Consent is that of those who are collected from now.
    setConsent(false);
    setAsked(false);
    onStart();
  }
  useShortcuts(ticked ? { "Ctrl+Enter": { label: "keys.saveDues", act: () => save() } } : {});

  return (
    <div className="card stack collect-bar">
      <div className="row apart">
        <div className="month-choice">
          <SelectField label={t("dues.collectMonth")} value={String(month)} onChange={(value) => onMonth(Number(value))}
            options={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: texts.month(index + 1) }))} />
        </div>
        <Choice label={t("dues.collectBy")} value={quarterly ? "quarter" : "month"} onChange={(value) => onQuarterly(value === "quarter")}
          options={[{ value: "month", label: t("dues.byMonth") }, { value: "quarter", label: t("dues.byQuarter") }]} />
        <dl className="sums">
          <div><dt>{t("dues.due")}</dt><dd>{yuan(sums.due)}</dd></div>
          <div><dt>{t("dues.paid")}</dt><dd>{yuan(sums.paid)}</dd></div>
          <div><dt>{t("dues.owed")}</dt><dd>{yuan(sums.owed)}</dd></div>
          {ticked ? <div className="cash"><dt>{t("dues.cash")}</dt><dd>{yuan(cash)}</dd></div> : null}
        </dl>
        {ticked ? null : (
          <Button type="primary" onClick={start} disabled={open.length === 0 || waits}>{t("dues.collectAll")}</Button>
        )}
      </div>
      {ticked ? (
        <>
          <Notice tone="blue">{t("dues.collecting", { month: name })}</Notice>
          {quarterly ? (
            <>
              <Check label={t("dues.quarterConsent")} checked={consent} onChange={setConsent} />
              <p className="soft">{t("dues.quarterConsentHint")}</p>
              {asked && !consent ? <Notice tone="red" alert>{t("dues.quarterConsentMissing")}</Notice> : null}
            </>
          ) : null}
          <div className="row end">
            <div className="grow"><DateField label={t("dues.collectOn")} value={on} onChange={setOn} hint={t("dues.collectOnHint")}
              error={failed?.field === "on" ? errorText(texts, failed) : undefined} confirm={failed?.code === "date_far" ? () => save(true) : undefined} /></div>
            <Button onClick={onStop}>{t("common.cancel")}</Button>
            <Button type="primary" onClick={() => save()} disabled={entries.length === 0 || waits} loading={collect.isPending}>
              {t("dues.collectSave", { n: byMember(entries).size, sum: yuan(cash) })}
            </Button>
          </div>
        </>
      ) : null}
      {!ticked && open.length === 0 ? <p className="soft">{t("dues.collectNone", { month: name })}</p> : null}
      {beyond ? <Notice tone="yellow">{beyond}</Notice> : null}
      {failed && failed.field !== "on" ? <ErrorNotice error={collect.error} /> : null}
    </div>
  );
}
