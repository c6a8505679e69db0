import { listInput, useOffice, useQuery } from "../../api";
import type { DuesLedger } from "../../api/generated/DuesLedger";
import type { DuesLedgerRow } from "../../api/generated/DuesLedgerRow";
import { Blank, Loaded, Lock, Notice } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { Scroll } from "./Scroll";

/** 党费台账: the base stands here and nowhere else. */
export function LedgerTab() {
  const { t } = useTexts();
  const { year } = useOffice();
  const query = useQuery("dues.ledger", listInput({ year }));
  return (
    <Loaded query={query}>
      {(ledger) => (ledger.rows.length === 0 ? <Blank>{t("dues.ledgerEmpty")}</Blank> : <Ledger ledger={ledger} />)}
    </Loaded>
  );
}

function Ledger({ ledger }: { ledger: DuesLedger }) {
  const texts = useTexts();
  const { t, yuan } = texts;
  const title = `${t("dues.tabLedger")} ${ledger.year}`;
  const { cash } = ledger;
  const parts = ([["cashOwn", cash.ownFen], ["cashEarlier", cash.earlierFen], ["cashLater", cash.laterFen], ["cashExtra", cash.extraFen], ["cashCentre", cash.centreFen], ["cashTotal", cash.totalFen]] as const)
    .filter(([name, fen]) => fen !== 0 || name === "cashTotal");
  return (
    <>
      <p><Lock /> {t("dues.ledgerPrivate")}</p>
      {ledger.doubles > 0 ? <Notice tone="yellow">{t("dues.doubles", { n: ledger.doubles })} {t("dues.double")}</Notice> : null}
      <Scroll label={title} flush>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="num">{t("dues.no")}</th>
              <th scope="col">{t("dues.member")}</th>
              <th scope="col" className="num">{t("dues.base")}</th>
              <th scope="col">{t("dues.rateCol")}</th>
              <th scope="col" className="num">{t("dues.monthlyCol")}</th>
              <th scope="col" className="num">{t("dues.yearDue")}</th>
              <th scope="col" className="num">{t("dues.yearPaid")}</th>
              <th scope="col">{t("dues.note")}</th>
            </tr>
          </thead>
          <tbody>{ledger.rows.map((row) => <Line key={row.member} row={row} />)}</tbody>
          <tfoot>
            <tr>
              <td /><th scope="row">{t("dues.foot")}</th><td /><td /><td />
              <td className="num">{yuan(ledger.dueFen)}</td>
              <td className="num">{yuan(ledger.paidFen)}</td>
              <td>{ledger.elsewhereFen === 0 ? null : t("dues.noteElsewhere", { n: yuan(ledger.elsewhereFen) })}</td>
            </tr>
          </tfoot>
        </table>
      </Scroll>
      <section className="card stack tight" aria-label={t("dues.cashTitle")}>
        <h2>{t("dues.cashTitle")}</h2>
        <dl className="sums">{parts.map(([name, fen]) => <div key={name}><dt>{t(`dues.${name}`)}</dt><dd>{yuan(fen)}</dd></div>)}</dl>
      </section>
    </>
  );
}

function Line({ row }: { row: DuesLedgerRow }) {
  const texts = useTexts();
  const { t, code, several, yuan } = texts;
  return (
    <tr>
      <td className="num">{row.no}</td>
      <th scope="row">{row.name}</th>
      <td className="num">{row.baseFen === null ? "—" : yuan(row.baseFen)}</td>
      <td>{row.class ? [code("dues", row.class), row.rateBp === null ? "" : t("dues.rate", { n: row.rateBp / 100 })].filter(Boolean).join(" ") : t("dues.notAssessed")}</td>
      <td className="num">{monthly(texts, row)}</td>
      <td className="num">{yuan(row.dueFen)}</td>
      <td className="num">{yuan(row.paidFen)}</td>
      <td>{several(notes(texts, row))}</td>
    </tr>
  );
}

function monthly({ t, yuan }: Texts, row: DuesLedgerRow): string {
  const [only] = row.monthly;
  if (only && row.monthly.length === 1 && only.from === 1 && only.to === 12) return yuan(only.fen);
  return row.monthly.map((span) => t("dues.monthsSpan", { from: span.from, to: span.to, n: yuan(span.fen) })).join(" ");
}

function notes({ t, yuan }: Texts, row: DuesLedgerRow): string[] {
  return [
    row.backFen === 0 ? "" : t("dues.noteBack", { n: yuan(row.backFen) }),
    row.aheadFen === 0 ? "" : t("dues.noteAhead", { n: yuan(row.aheadFen) }),
    row.elsewhereFen === 0 ? "" : t("dues.noteElsewhere", { n: yuan(row.elsewhereFen) }),
    row.extraFen === 0 ? "" : t("dues.noteExtra", { n: yuan(row.extraFen) }),
    row.centreFen === 0 ? "" : t("dues.noteCentre", { n: yuan(row.centreFen) }),
    row.relieved ? t("dues.noteRelieved") : "",
    row.incomplete ? t("dues.incomplete") : "",
    row.doubles > 0 ? t("dues.noteDouble") : "",
  ].filter(Boolean);
}
