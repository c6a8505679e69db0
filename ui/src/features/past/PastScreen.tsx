import { useState } from "react";
import { useHidden, useOffice, useQuery } from "../../api";
import type { PastPage } from "../../api/generated/PastPage";
import type { PastRow } from "../../api/generated/PastRow";
import { Blank, Check, DateField, historyField, historyValue, Loaded, Mark, More, Notice, Page, Tabs, TextField, type Tone, useSettled } from "../../components";
import { useTexts } from "../../locales";
import "./past.css";

const ledgers = ["meetings", "dues", "visits", "checklists", "members", "households"] as const;
type LedgerName = (typeof ledgers)[number];
const tones: Record<string, Tone> = { same: "green", changed: "yellow", deleted: "red", gone: "grey" };

/** 截至某日: a ledger as it was at the end of a day, to read alone. */
export function PastScreen() {
  const { t } = useTexts();
  const hides = useHidden();
  const { overview } = useOffice();
  const [typed, setTyped] = useState("");
  const [day, setDay] = useState<string | null>(null);
  const [ledger, setLedger] = useState<LedgerName>("meetings");
  const shown = ledgers.filter((one) => !(one === "dues" && hides("dues")) && !(one === "households" && hides("households")));
  // A day that is not over has no end to look at; so says the node, too.
  const future = day !== null && overview !== null && day > overview.today;
  return (
    <Page title={t("past.title")}>
      <p>{t("past.intro")}</p>
      <DateField label={t("past.day")} value={typed} onChange={setTyped} onRead={setDay} error={future ? t("errors.past_future") : undefined} required />
      <Tabs label={t("past.title")} value={ledger} options={shown.map((value) => ({ value, label: t(`past.${value}`) }))} onChange={setLedger} />
      {day === null || future ? <Blank>{t("past.choose")}</Blank> : <Ledger key={`${ledger} ${day}`} day={day} ledger={ledger} />}
    </Page>
  );
}

function Ledger({ day, ledger }: { day: string; ledger: LedgerName }) {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const sought = useSettled(text.trim());
  const [changedOnly, setChangedOnly] = useState(false);
  const [limit, setLimit] = useState(50);
  const page = useQuery("past.page", { day, ledger, year: null, text: sought || null, changedOnly, offset: 0, limit }, { keep: true });
  return (
    <Loaded query={page}>
      {(found) => (
        <div className="stack">
          <Head found={found} ledger={ledger} />
          <div className="row at-foot">
            <div className="grow"><TextField label={t("common.search")} value={text} onChange={setText} /></div>
            <Check label={t("past.changedOnly")} checked={changedOnly} onChange={setChangedOnly} />
          </div>
          {found.rows.length === 0 ? <Blank>{t(sought || changedOnly ? "past.noneFound" : "past.none")}</Blank> : (
            <>
              <ul className="card flush list past">{found.rows.map((row) => <Row key={row.id} row={row} />)}</ul>
              <More total={found.total} shown={found.rows.length} onMore={() => setLimit(limit + 50)} />
            </>
          )}
        </div>
      )}
    </Loaded>
  );
}

function Head({ found, ledger }: { found: PastPage; ledger: LedgerName }) {
  const texts = useTexts();
  const { t, date, yuan } = texts;
  return (
    <Notice tone="blue">
      <strong>{t("past.asOf", { date: date(found.day), ledger: t(`past.${ledger}`) })}</strong>
      <div>{t("past.days")}</div>
      {found.renewed ? <div>{t("past.renewed", { date: date(found.from) })}</div> : null}
      <div>
        {t("common.total", { n: found.total })}
        {found.paidFen === null ? "" : ` · ${t("past.paid", { yuan: yuan(found.paidFen) })}`}
        {found.addedSince > 0 ? ` · ${t("past.added", { n: found.addedSince })}` : ""}
      </div>
    </Notice>
  );
}

function Row({ row }: { row: PastRow }) {
  const texts = useTexts();
  const { t, code, date } = texts;
  const words = (field: string, values: readonly string[]) =>
    values.length === 0 ? t("history.emptied") : texts.several(values.map((one) => historyValue(texts, row.recordType, field, one)));
  return (
    <li className="stack tight">
      <details>
        <summary>
          <span className="what">
            {row.date ? <span className="nowrap">{date(row.date)}</span> : null} {code("recordType", row.recordType)} <strong>{row.title}</strong>
            {row.amountFen === null ? null : <span className="nowrap"> {t("common.yuan", { n: texts.yuan(row.amountFen) })}</span>}
          </span>
          <Mark tone={tones[row.since] ?? "grey"} glyph={row.since === "deleted" ? "warn" : undefined}>{t(`past.since_${row.since}` as "past.since_same")}</Mark>
        </summary>
        <dl>
          {row.fields.map((field) => (
            <div key={field.field}>
              <dt>{historyField(texts, row.recordType, field.field, field.subject)}</dt>
              <dd className="prose">{words(field.field, field.values)}{field.now === null ? null : <span className="soft block">{t("past.now", { value: words(field.field, field.now) })}</span>}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}
