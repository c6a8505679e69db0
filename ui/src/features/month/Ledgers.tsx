import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Gap } from "../../api/generated/Gap";
import type { MonthCheck } from "../../api/generated/MonthCheck";
import { Glyph, Mark } from "../../components";
import { type TextKey, useTexts } from "../../locales";

const places: Record<string, string> = { meetings: "/meetings", dues: "/dues", visits: "/visits", checklists: "/checklists" };

/** Counts, gaps by rule, and what is not finished; no red numbers. */
export function Ledgers({ check }: { check: MonthCheck }) {
  const { t, date } = useTexts();
  return (
    <>
      <div className="month-ledgers">
        {check.ledgers.map((one) => (
          <section key={one.ledger} className="card stack tight" aria-label={t(`ledger.${one.ledger}` as TextKey)}>
            <div className="row apart">
              <h2><Link to={places[one.ledger] ?? "/"}>{t(`ledger.${one.ledger}` as TextKey)}</Link></h2>
              <span className="num">{t("common.count", { n: one.count })}</span>
            </div>
            {one.gaps.length === 0 ? <span className="row soft"><Glyph name="check" />{t("month.noGaps")}</span> : (
              <ul>{one.gaps.map((gap) => <GapLine key={gap.code} gap={gap} />)}</ul>
            )}
          </section>
        ))}
      </div>
      <Section title={t("month.openItems", { n: check.openCount })} show={check.openCount > 0}>
        {check.openItems.map((row) => (
          <li key={row.id} className="line">
            <span className="what"><Link to="/checklists" search={{ tab: row.origin, id: row.id }}>{row.title}</Link></span>
            <span className="soft">{[row.person, row.deadline ? date(row.deadline) : "", t(`checklist.${row.state}`)].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </Section>
      <Section title={t("month.unconfirmed", { n: check.unconfirmed.length })} show={check.unconfirmed.length > 0}>
        {check.unconfirmed.map((row) => (
          <li key={row.id} className="line">
            <span className="what"><Link to="/meeting" search={{ id: row.id }}>{`${date(row.date)} ${row.title}`}</Link></span>
            <span className="soft">{t("month.unmarked", { n: row.count })}</span>
          </li>
        ))}
      </Section>
      {check.conflicts > 0 || check.drafts > 0 ? (
        <div className="row">
          {check.conflicts > 0 ? <Link to="/conflicts" className="ant-btn">{t("month.conflicts", { n: check.conflicts })}</Link> : null}
          {check.drafts > 0 ? <Link to="/" className="ant-btn">{t("month.drafts", { n: check.drafts })}</Link> : null}
        </div>
      ) : null}
    </>
  );
}

function GapLine({ gap }: { gap: Gap }) {
  const { t, code } = useTexts();
  return (
    <li className="stack tight">
      <span><Mark tone="yellow" glyph="info">{code("gap", gap.code, { n: gap.count })}</Mark></span>
      {gap.rule ? <details><summary>{t("month.rule")}</summary><p className="soft">{`${gap.rule.citation} ${gap.rule.text}`}</p></details> : null}
    </li>
  );
}

function Section({ title, show, children }: { title: string; show: boolean; children: ReactNode }) {
  if (!show) return null;
  return (
    <section className="card flush" aria-label={title}>
      <h2 className="list-title">{title}</h2>
      <ul className="list">{children}</ul>
    </section>
  );
}
