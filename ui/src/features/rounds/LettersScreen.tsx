import { Button } from "antd";
import { useState } from "react";
import { useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { LetterList } from "../../api/generated/LetterList";
import type { LetterRow } from "../../api/generated/LetterRow";
import { Blank, Dialog, fieldErrors, type FieldErrors, KeepButton, keptAt, Loaded, Mark, Notice, Page, SelectField, TextField, Turn, useToast } from "../../components";
import { useTexts } from "../../locales";
import { nameOf } from "../flow/names";
import { SheetLink } from "../sheet/SheetLink";
import { everyUnit, FlowLink, Offs, StateMark, UnitsField, useAbove, useUnits, years } from "./parts";

/** 6+X: the lists that all have and those of a unit's own choice, signed, pledged in public and looked at once a year. */
export function LettersScreen() {
  const { t } = useTexts();
  const { overview } = useOffice();
  const above = useAbove();
  const today = overview?.today ?? "2026-01-01";
  const [year, setYear] = useState(today.slice(0, 4));
  const [offset, setOffset] = useState(0);
  const [sending, setSending] = useState(false);
  const found = useQuery("letter.list", { year: Number(year), below: above, part: { ...everyUnit, offset } }, { keep: true });
  return (
    <Page title={t("rounds.letters")} writes links={<SheetLink kind="letter" />} actions={above ? <Button type="primary" onClick={() => setSending(true)}>{t("rounds.letterSend")}</Button> : null}>
      <div className="fields one"><SelectField label={t("common.year")} value={year} options={years(today)} onChange={setYear} /></div>
      <Loaded query={found}>{(list) => (
        <>
          <p>{t("rounds.letterRule", { base: list.baseLists, min: list.chosenMin, max: list.chosenMax })} <span className="soft">{t("rounds.source", { source: list.citation })}</span></p>
          {above && list.missing.length > 0 ? <p><Mark tone="grey" glyph="info">{t("rounds.letterMissing", { n: list.missing.length })}</Mark></p> : null}
          {list.rows.length === 0 ? <Blank>{t(above ? "rounds.letterNone" : "rounds.letterNotHere")}</Blank> : list.rows.map((row) => <Letter key={row.item.id} row={row} list={list} above={above} />)}
          <Turn offset={offset} size={everyUnit.limit} total={list.total} onTurn={setOffset} />
          {sending ? <SendDialog list={list} taken={list.rows.map((row) => row.item.office)} onClose={() => setSending(false)} /> : null}
        </>
      )}</Loaded>
    </Page>
  );
}

function Letter({ row, list, above }: { row: LetterRow; list: LetterList; above: boolean }) {
  const texts = useTexts();
  const { t, date } = texts;
  const records = useRecords();
  const name = above ? row.item.officeName : row.item.title;
  const event = above ? { chosen: "sign", pledged: "review" }[row.item.state] : { drafted: "choose", signed: "pledge" }[row.item.state];
  return (
    <article className="card stack" aria-label={name}>
      <div className="row apart"><h2>{name}</h2><StateMark row={row.item} /></div>
      <dl className="letter-lists">
        <dt>{t("rounds.baseLists", { n: row.base.length })}</dt>
        <dd>{texts.several(row.base.map((one) => nameOf(texts, one)))}</dd>
        <dt>{t("rounds.chosenLists", { n: row.chosen.length })}</dt>
        <dd>{row.chosen.length === 0 ? t("rounds.notChosen", { min: list.chosenMin, max: list.chosenMax }) : texts.several(row.chosen)}</dd>
        {row.signedOn === null ? null : <><dt>{t("rounds.signed")}</dt><dd>{t("rounds.signedLine", { date: date(row.signedOn), by: row.signedBy, unit: row.signedForUnit })}</dd></>}
        {row.pledgedOn === null ? null : <><dt>{t("rounds.pledged")}</dt><dd>{t("rounds.pledgedLine", { date: date(row.pledgedOn), at: row.publishedAt })}</dd></>}
      </dl>
      {row.offs.length > 0 ? <Offs offs={row.offs} /> : row.chosen.length > 0 ? <p><Mark tone="green">{t("rounds.letterHolds", { base: row.base.length, chosen: row.chosen.length })}</Mark></p> : null}
      <div className="row">
        <FlowLink id={row.item.id} label={t("rounds.look")} name={name} />
        {records && event ? <FlowLink id={row.item.id} event={event} label={t(`rounds.letter_${event as "sign"}`)} name={name} /> : null}
        <SheetLink kind="letter" id={row.item.id} />
      </div>
    </article>
  );
}

function SendDialog({ list, taken, onClose }: { list: LetterList; taken: readonly string[]; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const send = useCommand("letter.send");
  const units = (useUnits() ?? []).filter((unit) => !taken.includes(unit.id));
  // All of them, unless somebody says otherwise.
  const [picked, setPicked] = useState<string[] | null>(null);
  const chosen = picked ?? units.map((unit) => unit.id);
  const [base, setBase] = useState<readonly string[]>(list.base);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);
  function submit(keep = false) {
    const found: FieldErrors = {};
    if (chosen.length === 0) found["to"] = t("rounds.pickUnits");
    base.forEach((name, n) => { if (name.trim() === "") found[`base.${n}`] = t("errors.required"); });
    setErrors(found);
    setStopped(null);
    if (Object.keys(found).length > 0 || send.isPending) return;
    send.mutate({ year: list.year, to: chosen, base: [...base], keepMatches: keep }, {
      onSuccess: ({ made }) => { say(t("rounds.letterSent", { n: made })); onClose(); },
      onError: (error) => {
        const fields = ["to", ...base.map((_, n) => `base.${n}`)];
        setErrors(fieldErrors(texts, error, fields));
        setStopped(keptAt(error, fields));
      },
    });
  }
  return (
    <Dialog title={t("rounds.letterSend")} open onClose={onClose} footer={
      <><Button onClick={onClose}>{t("common.cancel")}</Button><Button type="primary" loading={send.isPending} onClick={() => submit()}>{t("rounds.letterSendN", { n: chosen.length })}</Button></>
    }>
      <p className="soft">{t("rounds.baseHint", { n: list.baseLists })}</p>
      <div className="fields">
        {base.map((name, n) => (
          <TextField key={n} label={t("rounds.baseName", { n: n + 1 })} required value={name} error={errors[`base.${n}`]} keep={stopped === `base.${n}` ? () => submit(true) : undefined}
            onChange={(next) => { setBase(base.map((one, at) => (at === n ? next : one))); setStopped(null); }} />
        ))}
      </div>
      <UnitsField units={units} chosen={chosen} error={errors["to"]} onChange={setPicked} />
      <Notice tone="blue">{t("rounds.letterLeaves")}</Notice>
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={base} onKeep={() => submit(true)} onClean={(clean) => { setBase(clean); setErrors({}); }} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
