import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery } from "../../api";
import type { DuesMember } from "../../api/generated/DuesMember";
import type { DuesStanding } from "../../api/generated/DuesStanding";
import type { ReliefRow } from "../../api/generated/ReliefRow";
import { Dialog, ErrorNotice, errorText, Loaded, Lock, Mark, Notice, TextField, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";
import { AddPayment } from "./CellDialog";
import { BothRight, PaymentItem } from "./PaymentItem";
import { ReliefForm } from "./ReliefForm";

/** One member's dues: each amount with its arithmetic and article, relief with its decisions, extras. */
export function MemberPanel({ member, year, onClose }: { member: string; year: number; onClose: () => void }) {
  const { t } = useTexts();
  const query = useQuery("dues.member", { member, year });
  return (
    <Dialog title={t("dues.panel", { name: query.data?.name ?? "" })} open onClose={onClose}
      footer={<Button onClick={onClose}>{t("common.close")}</Button>}>
      <Loaded query={query}>{(data) => <Parts data={data} year={year} />}</Loaded>
    </Dialog>
  );
}

function Parts({ data, year }: { data: DuesMember; year: number }) {
  const { t } = useTexts();
  const [relief, setRelief] = useState<ReliefRow | "new" | null>(null);
  const [extra, setExtra] = useState(false);
  return (
    <>
      <h3>{t("dues.panelStandards")}</h3>
      {data.standings.length === 0 ? <p className="soft">{t("dues.panelNone")}</p> : null}
      {data.standings.map((standing) => <Standing key={standing.id} standing={standing} />)}
      <h3>{t("dues.relief")}</h3>
      {data.reliefs.length === 0 ? <p className="soft">{t("dues.reliefNone")}</p> : (
        <ul className="list card flush">
          {data.reliefs.map((row) => <Relief key={row.id} member={data.member} row={row} onAdd={() => setRelief(row)} />)}
        </ul>
      )}
      {relief ? (
        <ReliefForm key={relief === "new" ? "new" : relief.id} member={data.member} year={year} before={relief === "new" ? null : relief} rule={data.reliefRule} onDone={() => setRelief(null)} />
      ) : <div><Button onClick={() => setRelief("new")} disabled={data.standings.length === 0}>{t("dues.reliefAdd")}</Button></div>}
      <h3>{t("dues.extras")}</h3>
      {data.extras.length === 0 ? <p className="soft">{t("dues.extraNone")}</p> : (
        <ul className="list card flush">{data.extras.map((payment) => <PaymentItem key={payment.id} payment={payment} />)}</ul>
      )}
      {data.extrasDouble ? <><Notice tone="yellow">{t("dues.double")}</Notice><BothRight payments={data.extras} /></> : null}
      {extra ? <AddPayment member={data.member} month={null} open={0} onDone={() => setExtra(false)} />
        : <div><Button onClick={() => setExtra(true)}>{t("dues.extraAdd")}</Button></div>}
    </>
  );
}

function Standing({ standing }: { standing: DuesStanding }) {
  const { t, code, date } = useTexts();
  return (
    <section className="card stack tight">
      <p><strong>{t("dues.from", { month: date(standing.fromMonth) })}</strong> · {code("dues", standing.class)} {standing.baseFen === null ? null : <Lock />}</p>
      <p className="arithmetic">{standing.arithmetic}</p>
      <p>{standing.rule.text}</p>
      <p className="soft">{t("dues.rule", { citation: standing.rule.citation, version: standing.rule.version })}</p>
      {standing.ruleUnknown ? <Notice tone="yellow">{t("dues.ruleUnknown")}</Notice> : null}
    </section>
  );
}

function Relief({ member, row, onAdd }: { member: string; row: ReliefRow; onAdd: () => void }) {
  const texts = useTexts();
  const { t, date, yuan } = texts;
  const say = useToast();
  const save = useCommand("dues.relief");
  const said = (on: string, no: string) => (on === "" ? t("dues.missing") : [date(on), no].filter(Boolean).join(" "));
  const [ending, setEnding] = useState(false);
  const [from, setFrom] = useState("");
  const error = save.isError ? toDto(save.error) : null;
  const withdraw = () => save.mutate({ ...row, member, withdraw: true, withdrawFrom: from.trim() }, { onSuccess: () => { say(t("dues.reliefWithdrawDone")); setEnding(false); } });
  return (
    <li className="stack tight">
      <div className="line">
        <span className="what">{t("dues.reliefLine", { from: date(row.fromMonth), to: date(row.toMonth), amount: yuan(row.monthlyFen) })}</span>
        {row.withdrawnOn ? <Mark tone="grey" glyph="info">{row.withdrawnFrom ? t("dues.reliefEnded", { month: date(row.withdrawnFrom), date: date(row.withdrawnOn) }) : t("dues.reliefWithdrawn", { date: date(row.withdrawnOn) })}</Mark>
          : row.complete ? <Mark tone="green">{t("dues.reliefComplete")}</Mark> : <Mark tone="yellow">{t("dues.reliefIncomplete")}</Mark>}
      </div>
      <p className="soft">
        {t("dues.decidedLine", { date: said(row.decidedOn, row.decision), no: "" })} · {t("dues.approvedLine", { date: said(row.approvedOn, row.approval), no: "" })}
      </p>
      {row.withdrawnOn || ending ? null : (
        <div className="row">
          {row.complete ? null : <Button onClick={onAdd}>{t("dues.reliefComplement")}</Button>}
          <Button onClick={() => { setFrom(row.fromMonth); setEnding(true); }}>{t("dues.reliefWithdraw")}</Button>
        </div>
      )}
      {ending && !row.withdrawnOn ? (
        <form className="stack tight" onSubmit={(event) => { event.preventDefault(); withdraw(); }}>
          <TextField label={t("dues.reliefWithdrawFrom")} required value={from} onChange={setFrom} hint={t("dues.reliefWithdrawHint")} autoFocus
            error={error?.field === "withdrawFrom" ? errorText(texts, error) : undefined} />
          <p className="soft">{from.trim() === row.fromMonth ? t("dues.reliefWithdrawAll") : t("dues.reliefWithdrawKeeps")}</p>
          <div className="row end">
            <Button onClick={() => setEnding(false)}>{t("common.cancel")}</Button>
            <Button type="primary" danger htmlType="submit" loading={save.isPending}>{t("dues.reliefWithdrawSave")}</Button>
          </div>
        </form>
      ) : null}
      {error && error.field !== "withdrawFrom" ? <ErrorNotice error={save.error} /> : null}
    </li>
  );
}
