import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { DateField, ErrorNotice, Notice, SelectField, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { monthSums, openEntries } from "./sums";

/** Month, 本月全收, and the sums to count the cash against. */
export function CollectBar({ sheet, month, ticked, onMonth, onStart, onStop }: {
  sheet: DuesSheet;
  month: number;
  ticked: ReadonlySet<string> | null;
  onMonth: (month: number) => void;
  onStart: () => void;
  onStop: () => void;
}) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const say = useToast();
  const collect = useCommand("dues.collect");
  const [on, setOn] = useState("");
  const open = openEntries(sheet, month);
  const entries = open.filter((entry) => ticked?.has(entry.member));
  const cash = entries.reduce((sum, entry) => sum + entry.amountFen, 0);
  const sums = monthSums(sheet, month);
  const name = texts.month(month);

  function save() {
    if (entries.length === 0 || collect.isPending) return;
    collect.mutate({ entries, on: on.trim() }, {
      onSuccess: () => {
        say(t("dues.collectDone", { n: entries.length }));
        onStop();
      },
    });
  }
  useShortcuts(ticked ? { "Ctrl+Enter": save } : {});

  return (
    <div className="card stack collect-bar">
      <div className="row apart">
        <div className="month-choice">
          <SelectField label={t("dues.collectMonth")} value={String(month)} onChange={(value) => onMonth(Number(value))}
            options={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: texts.month(index + 1) }))} />
        </div>
        <dl className="sums">
          <div><dt>{t("dues.due")}</dt><dd>{yuan(sums.due)}</dd></div>
          <div><dt>{t("dues.paid")}</dt><dd>{yuan(sums.paid)}</dd></div>
          <div><dt>{t("dues.owed")}</dt><dd>{yuan(sums.owed)}</dd></div>
          {ticked ? <div className="cash"><dt>{t("dues.cash")}</dt><dd>{yuan(cash)}</dd></div> : null}
        </dl>
        {ticked ? null : (
          <Button type="primary" onClick={onStart} disabled={open.length === 0}>{t("dues.collectAll")}</Button>
        )}
      </div>
      {ticked ? (
        <>
          <Notice tone="blue">{t("dues.collecting", { month: name })}</Notice>
          <div className="row end">
            <div className="grow"><DateField label={t("dues.collectOn")} value={on} onChange={setOn} hint={t("dues.collectOnHint")} /></div>
            <Button onClick={onStop}>{t("common.cancel")}</Button>
            <Button type="primary" onClick={save} disabled={entries.length === 0} loading={collect.isPending}>
              {t("dues.collectSave", { n: entries.length, sum: yuan(cash) })}
            </Button>
          </div>
        </>
      ) : null}
      {!ticked && open.length === 0 ? <p className="soft">{t("dues.collectNone", { month: name })}</p> : null}
      {collect.isError ? <ErrorNotice error={collect.error} /> : null}
    </div>
  );
}
