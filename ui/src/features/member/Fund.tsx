import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useOffice, useQuery } from "../../api";
import { Blank, Choice, DateField, ErrorNotice, Loaded, Mark, TextField } from "../../components";
import { useTexts } from "../../locales";
import { useForm } from "./form";
import { FormDialog } from "./FormDialog";
import { useTyped } from "./typed";

/** 活动经费: a small ledger; an entry is reversed and never overwritten. */
export function Fund({ resumes }: { resumes: boolean }) {
  const { t, date, yuan } = useTexts();
  const { year } = useOffice();
  const view = useQuery("fund.list", listInput({ year }));
  const reverse = useCommand("fund.reverse");
  const [adding, setAdding] = useState(resumes);
  return (
    <section className="card flush" aria-label={t("term.fund")}>
      <div className="row apart list-title"><h2>{t("term.fund")}</h2><Button onClick={() => setAdding(true)}>{t("term.addFund")}</Button></div>
      <Loaded query={view}>
        {(found) => (
          <>
            <p className="list-title">{t("term.fundSums", { year: found.year, income: yuan(found.inFen), spent: yuan(found.outFen), left: yuan(found.inFen - found.outFen) })}</p>
            {found.rows.length === 0 ? <Blank /> : (
              <ul className="list">
                {found.rows.map((row) => (
                  <li className="line" key={row.id}>
                    <div className="what">{date(row.on)} {row.title} <strong>{yuan(row.amountFen)}</strong></div>
                    {row.reverses ? <Mark tone="grey" glyph="info">{t("term.reversal")}</Mark> : row.reversed ? <Mark tone="grey" glyph="info">{t("term.reversed")}</Mark> : (
                      <Button onClick={() => reverse.mutate({ id: row.id })}>{t("term.reverse")}</Button>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <p className="list-title soft">{t("term.perHead", { yuan: yuan(found.perHeadFen) })} {found.rule.citation}</p>
          </>
        )}
      </Loaded>
      {reverse.isError ? <ErrorNotice error={reverse.error} /> : null}
      {adding ? <FundDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function FundDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const { typed, set, draft, done } = useTyped("fund", "new", { side: "out", amount: "", title: "", on: "" });
  const form = useForm("fund.save", ["amountFen", "title", "on"], () => { done(); onClose(); });
  const yuan = /^\d+(\.\d{1,2})?$/.test(typed.amount.trim()) ? Math.round(Number(typed.amount) * 100) : 0;
  const input = { on: typed.on, title: typed.title, amountFen: typed.side === "out" ? -yuan : yuan, keepMatches: false };
  return (
    <FormDialog title={t("term.addFund")} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(input, ["title"])}>
      <Choice label={t("term.fund")} value={typed.side} onChange={(side) => set({ side })} options={[{ value: "out", label: t("term.fundOut") }, { value: "in", label: t("term.fundIn") }]} />
      <TextField label={t("term.amount")} required inputMode="decimal" value={typed.amount} onChange={(amount) => set({ amount })} {...form.at("amountFen")} />
      <TextField label={t("term.fundTitle")} required value={typed.title} onChange={(title) => set({ title })} {...form.at("title")} />
      <DateField label={t("admission.on")} value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
    </FormDialog>
  );
}
