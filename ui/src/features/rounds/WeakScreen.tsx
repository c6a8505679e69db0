import { Button } from "antd";
import { useState } from "react";
import { useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { WeakRow } from "../../api/generated/WeakRow";
import { Blank, Dialog, fieldErrors, type FieldErrors, KeepButton, keptAt, Loaded, Notice, Page, SelectField, TextField, Turn, useToast } from "../../components";
import { useTexts } from "../../locales";
import { DueLine } from "../flow/DueLine";
import { everyUnit, FlowLink, StateMark, UnitsField, useAbove, useUnits, years } from "./parts";

/** 薄弱支部: which bodies are put right this year, with whom. In the order of the tree; nobody is ranked. */
export function WeakScreen() {
  const { t } = useTexts();
  const { overview } = useOffice();
  const above = useAbove();
  const today = overview?.today ?? "2026-01-01";
  const [year, setYear] = useState(today.slice(0, 4));
  const [offset, setOffset] = useState(0);
  const [adding, setAdding] = useState(false);
  const found = useQuery("weak.list", { year: Number(year), own: !above, part: { ...everyUnit, offset } }, { keep: true });
  return (
    <Page title={t("rounds.weak")} writes actions={above ? <Button type="primary" onClick={() => setAdding(true)}>{t("rounds.weakAdd")}</Button> : null}>
      <div className="fields one"><SelectField label={t("common.year")} value={year} options={years(today)} onChange={setYear} /></div>
      <Loaded query={found}>{(list) => (
        <>
          {above ? (
            <p>
              {t("rounds.weakSays", { bodies: list.bodies, percent: list.percent, says: list.says, has: list.total })} {t("rounds.weakPeople")}{" "}
              <span className="soft">{t("rounds.source", { source: list.citation })}</span>
            </p>
          ) : null}
          {list.rows.length === 0 ? <Blank>{t(above ? "rounds.weakNone" : "rounds.weakNotHere")}</Blank> : list.rows.map((row) => <Body key={row.item.id} row={row} above={above} />)}
          <Turn offset={offset} size={everyUnit.limit} total={list.total} onTurn={setOffset} />
          {adding ? <AddDialog year={year} taken={list.rows.map((row) => row.item.office)} onClose={() => setAdding(false)} /> : null}
        </>
      )}</Loaded>
    </Page>
  );
}

function Body({ row, above }: { row: WeakRow; above: boolean }) {
  const { t } = useTexts();
  const records = useRecords();
  const name = row.item.officeName;
  return (
    <article className="card stack" aria-label={name}>
      <div className="row apart"><h2>{name}</h2><StateMark row={row.item} /></div>
      <p>{row.item.text}</p>
      <dl className="figures">
        {([["firstSecretary", row.firstSecretary], ["helper", row.helper], ["remedy", row.plan]] as const).map(([key, word]) => (
          <div key={key}><dt>{t(`rounds.${key}`)}</dt><dd>{word || t("rounds.notYet")}</dd></div>
        ))}
      </dl>
      {row.item.deadline ? <DueLine due={row.item.deadline} /> : null}
      <div className="row">
        <FlowLink id={row.item.id} label={t("rounds.look")} name={name} />
        {records && above && !row.item.ended ? <FlowLink id={row.item.id} event="support" label={t("rounds.support")} name={name} /> : null}
      </div>
    </article>
  );
}

function AddDialog({ year, taken, onClose }: { year: string; taken: readonly string[]; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const add = useCommand("weak.add");
  const units = (useUnits() ?? []).filter((unit) => !taken.includes(unit.id));
  const [chosen, setChosen] = useState<string[]>([]);
  const [why, setWhy] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);
  function send(keep = false) {
    const found: FieldErrors = {};
    if (chosen.length === 0) found["offices"] = t("rounds.pickUnits");
    if (why.trim() === "") found["why"] = t("errors.required");
    setErrors(found);
    setStopped(null);
    if (Object.keys(found).length > 0 || add.isPending) return;
    add.mutate({ offices: chosen, why, year: Number(year), keepMatches: keep }, {
      onSuccess: ({ made }) => { say(t("rounds.weakAdded", { n: made })); onClose(); },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, ["offices", "why"]));
        setStopped(keptAt(error, ["offices", "why"]));
      },
    });
  }
  return (
    <Dialog title={t("rounds.weakAdd")} open onClose={onClose} footer={
      <><Button onClick={onClose}>{t("common.cancel")}</Button><Button type="primary" loading={add.isPending} onClick={() => send()}>{t("rounds.weakAdd")}</Button></>
    }>
      <TextField label={t("rounds.weakWhy")} required rows={3} value={why} onChange={(next) => { setWhy(next); setStopped(null); }} error={errors["why"]} keep={stopped === "why" ? () => send(true) : undefined} />
      <UnitsField units={units} chosen={chosen} error={errors["offices"]} onChange={setChosen} />
      <Notice tone="blue">{t("rounds.weakLeaves")}</Notice>
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={why} onKeep={() => send(true)} onClean={(clean) => { setWhy(clean); setErrors({}); }} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
