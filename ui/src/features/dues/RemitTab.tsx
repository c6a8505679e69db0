import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { DuesBalance } from "../../api/generated/DuesBalance";
import type { RemitRow } from "../../api/generated/RemitRow";
import type { RemitSheet } from "../../api/generated/RemitSheet";
import { Check, DateField, Dialog, ErrorNotice, fieldErrors, type FieldErrors, HistoryButton, Loaded, LongList, Mark, Notice, TextField, toDto, TypedBefore, useToast } from "../../components";
import { readYuan, useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { Scroll } from "./Scroll";
import { monthOf } from "./sums";

/** 上缴: what was collected, went up with which slip, and stays; the difference is shown. */
export function RemitTab() {
  const { t } = useTexts();
  const { year } = useOffice();
  const query = useQuery("dues.remittances", listInput({ year }));
  const records = useRecords();
  const goesOn = useSearch({ strict: false }).draft === "new";
  const [adding, setAdding] = useState(records && goesOn);
  return (
    <Loaded query={query}>
      {(sheet) => (
        <>
          <div className="row apart">
            <p>{sheet.rule.text}</p>
            {records ? <Button type="primary" onClick={() => setAdding(true)}>{t("dues.remitAdd")}</Button> : null}
          </div>
          <Balances sheet={sheet} />
          {sheet.rows.length === 0 ? <ul className="card flush list"><li className="soft">{t("dues.remitNone")}</li></ul> : (
            <LongList rows={sheet.rows}>{(row) => <Row key={row.id} row={row} />}</LongList>
          )}
          <Months sheet={sheet} />
          {adding ? <RemitDialog year={sheet.year} onClose={() => setAdding(false)} /> : null}
        </>
      )}
    </Loaded>
  );
}

function Balances({ sheet }: { sheet: RemitSheet }) {
  const { t } = useTexts();
  const { centre } = sheet;
  const any = [centre.openingFen, centre.collectedFen, centre.remittedFen, centre.inHandFen].some((fen) => fen !== 0);
  return (
    <>
      <Balance title={t("dues.ordinary")} balance={sheet.ordinary} />
      {any ? <Balance title={t("dues.centre")} balance={centre} /> : null}
    </>
  );
}

function Balance({ title, balance }: { title: string; balance: DuesBalance }) {
  const { t, yuan } = useTexts();
  const parts = [["opening", balance.openingFen], ["collected", balance.collectedFen], ["remitted", balance.remittedFen], ["retained", balance.retainedFen], ["inHand", balance.inHandFen]] as const;
  return (
    <section className="card stack tight" aria-label={title}>
      <h2>{title}</h2>
      <dl className="sums">{parts.map(([name, fen]) => <div key={name}><dt>{t(`dues.${name}`)}</dt><dd>{yuan(fen)}</dd></div>)}</dl>
    </section>
  );
}

function Row({ row }: { row: RemitRow }) {
  const { t, date, yuan } = useTexts();
  const say = useToast();
  const reverse = useCommand("dues.remit_reverse");
  const [reversing, setReversing] = useState(false);
  const [reason, setReason] = useState("");
  function save() {
    if (reason.trim() === "" || reverse.isPending) return;
    reverse.mutate({ payment: row.id, reason: reason.trim() }, { onSuccess: () => { say(t("dues.reverseDone")); setReversing(false); } });
  }
  const line = t("dues.remitLine", { date: date(row.on), amount: yuan(row.amountFen) });
  const marks = [
    row.reverses ? t("dues.reversal") : "", row.reversed ? t("dues.reversed") : "",
    row.centre ? t("dues.centre") : t("dues.remitKept", { n: yuan(row.retainedFen) }), t("dues.slip", { n: row.slip }),
    t("dues.remitCovers", { from: date(row.fromMonth), to: date(row.toMonth), collected: yuan(row.collectedFen) }), row.note,
  ];
  return (
    <li className="stack tight">
      <div className="line">
        <span className="what">{line} <span className="soft">{marks.filter(Boolean).join(" · ")}</span></span>
        {row.reverses || row.reversed ? null : row.differenceFen === 0 ? <Mark tone="green">{t("dues.remitMatch")}</Mark>
          : <Mark tone="yellow">{t("dues.remitDiffers", { n: yuan(row.differenceFen) })}</Mark>}
        <HistoryButton id={row.id} name={line} />
        {row.reverses || row.reversed || reversing ? null : <Button onClick={() => setReversing(true)}>{t("dues.reverse")}</Button>}
      </div>
      {reversing ? (
        <form className="stack tight" onSubmit={(event) => { event.preventDefault(); save(); }}>
          <TextField label={t("dues.reverseReason")} required value={reason} onChange={setReason} autoFocus />
          <div className="row end">
            <Button onClick={() => setReversing(false)}>{t("common.cancel")}</Button>
            <Button type="primary" htmlType="submit" disabled={reason.trim() === ""} loading={reverse.isPending}>{t("dues.reverse")}</Button>
          </div>
          {reverse.isError ? <ErrorNotice error={reverse.error} /> : null}
        </form>
      ) : null}
    </li>
  );
}

function Months({ sheet }: { sheet: RemitSheet }) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const months = sheet.months.filter((month) => month.ordinaryFen !== 0 || month.centreFen !== 0);
  if (months.length === 0) return null;
  return (
    <Scroll label={t("dues.byMonths")} flush>
      <table className="table">
        <caption className="tier-caption">{t("dues.byMonths")}</caption>
        <thead><tr><th scope="col">{t("common.month")}</th><th scope="col" className="num">{t("dues.ordinary")}</th><th scope="col" className="num">{t("dues.centre")}</th></tr></thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month}>
              <th scope="row">{texts.month(month.month)}</th>
              <td className="num">{yuan(month.ordinaryFen)}</td>
              <td className="num">{yuan(month.centreFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const fields = ["on", "fromMonth", "toMonth", "amountFen", "retainedFen", "slip", "note"] as const;

function RemitDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const save = useCommand("dues.remit");
  const { typed, set, draft, done } = useTyped("remit", String(year), {
    on: "", fromMonth: monthOf(year, 1), toMonth: "", slip: "", note: "", amount: "", retained: "", centre: false,
  });
  const { amount, retained, centre, ...form } = typed;
  const [errors, setErrors] = useState<FieldErrors>({});
  const [far, setFar] = useState(false);

  function submit(confirmDate = false) {
    const amountFen = readYuan(amount);
    const retainedFen = centre || retained.trim() === "" ? 0 : readYuan(retained);
    const found: FieldErrors = {};
    if (!amountFen) found["amountFen"] = t("errors.required");
    if (retainedFen === null) found["retainedFen"] = t("errors.required");
    if (form.slip.trim() === "") found["slip"] = t("errors.required");
    setErrors(found);
    if (!amountFen || retainedFen === null || Object.keys(found).length > 0 || save.isPending) return;
    save.mutate({ ...form, amountFen, retainedFen, centre, confirmDate }, {
      onSuccess: () => { done(); say(t("dues.remitDone")); onClose(); },
      onError: (error) => { setErrors(fieldErrors(texts, error, fields)); setFar(toDto(error).code === "date_far"); },
    });
  }

  return (
    <Dialog title={t("dues.remitAdd")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => submit()} loading={save.isPending}>{t("common.save")}</Button>
      </>}>
      <TypedBefore draft={draft} />
      <DateField label={t("dues.remitOn")} value={form.on} onChange={(on) => set({ on })} hint={t("dues.collectOnHint")} error={errors["on"]}
        confirm={far ? () => { setFar(false); submit(true); } : undefined} />
      <TextField label={t("dues.remitFrom")} required value={form.fromMonth} onChange={(fromMonth) => set({ fromMonth })} hint={t("dues.fromMonthHint")} error={errors["fromMonth"]} />
      <TextField label={t("dues.remitTo")} value={form.toMonth} onChange={(toMonth) => set({ toMonth })} hint={t("dues.remitToHint")} error={errors["toMonth"]} />
      <TextField label={t("dues.remitAmount")} required value={amount} onChange={(next) => set({ amount: next })} inputMode="decimal" error={errors["amountFen"]} />
      <Check label={t("dues.remitCentre")} checked={centre} onChange={(next) => set({ centre: next })} />
      {centre ? null : <TextField label={t("dues.remitRetained")} value={retained} onChange={(next) => set({ retained: next })} inputMode="decimal" error={errors["retainedFen"]} />}
      <TextField label={t("dues.remitSlip")} required value={form.slip} onChange={(slip) => set({ slip })} error={errors["slip"]} />
      <TextField label={t("dues.note")} value={form.note} onChange={(note) => set({ note })} error={errors["note"]} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
