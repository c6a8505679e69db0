import { Link } from "@tanstack/react-router";
import type { PackRow } from "../../api/generated/PackRow";
import type { RulesList } from "../../api/generated/RulesList";
import type { RulesView } from "../../api/generated/RulesView";
import type { TierRow } from "../../api/generated/TierRow";
import { HistoryButton, Mark } from "../../components";
import { useTexts } from "../../locales";
import { Scroll } from "./Scroll";

/** Tiers and amounts with their articles, the version, and from whom they are. */
export function RulesCard({ rules }: { rules: RulesView }) {
  const { t, code, date, yuan } = useTexts();
  const article = (id: string) => rules.articles.find((one) => one.id === id);
  const rows: { name: string; what: string; id: string }[] = [
    { name: t("dues.farmer"), what: t("dues.farmerRange", { from: yuan(rules.farmerMinFen), to: yuan(rules.farmerMaxFen) }), id: "dues_farmer" },
    { name: t("dues.student"), what: t("dues.fixedRate", { n: yuan(rules.reliefFen) }), id: "dues_relief" },
    { name: t("dues.rounding"), what: code("dues", `round_${rules.rounding}`), id: "" },
    { name: t("dues.monthly"), what: t("dues.capRow", { n: yuan(rules.capFen) }), id: "dues_yearly" },
    { name: t("dues.extras"), what: t("dues.extraHint", { n: yuan(rules.centreExtraFen) }), id: "dues_extra" },
    { name: t("nav.meetings"), what: rules.halfOpens ? t("dues.halfOpens") : t("dues.halfOpensNot"), id: "vote" },
  ];
  return (
    <section className="card stack">
      <p>
        <Mark tone="blue" glyph="info">{code("dues", `source_${rules.source}`, { from: rules.from, date: date(rules.validFrom) })}</Mark>{" "}
        {t("dues.rulesVersion", { version: rules.version })}{rules.citation ? ` · ${rules.citation}` : ""}
      </p>
      <div className="fields">
        <Tiers title={`${t("dues.salaried")} · ${t("dues.annual_salary")} · ${t("dues.self_employed")}`} tiers={rules.salaried} citation={article("dues_salaried")?.citation ?? ""} />
        <Tiers title={t("dues.retired")} tiers={rules.retired} citation={article("dues_retired")?.citation ?? ""} />
      </div>
      <ul className="list">
        {rows.map((row) => (
          <li key={row.name}>
            {row.name} · <strong>{row.what}</strong>
            {row.id ? <span className="soft"> · {article(row.id)?.citation}</span> : null}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t("dues.article")}</summary>
        <ul className="list">
          {rules.articles.map((one) => <li key={one.id}>{one.text} <span className="soft">{one.citation}</span></li>)}
        </ul>
      </details>
    </section>
  );
}

function Tiers({ title, tiers, citation }: { title: string; tiers: readonly TierRow[]; citation: string }) {
  const { t, yuan } = useTexts();
  return (
    <Scroll label={title}>
      <table className="table">
        <caption className="tier-caption">{title} <span className="soft">{citation}</span></caption>
        <thead><tr><th scope="col">{t("dues.tierBase")}</th><th scope="col" className="num">{t("dues.tierRate")}</th></tr></thead>
        <tbody>
          {tiers.map((tier) => (
            <tr key={tier.upToFen ?? "above"}>
              <td>{tier.upToFen === null ? t("dues.tierAbove") : t("dues.tierUpTo", { n: yuan(tier.upToFen) })}</td>
              <td className="num">{t("dues.rate", { n: tier.rateBp / 100 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Packs that were set for this office; what is not understood says so. */
export function Packs({ list }: { list: RulesList }) {
  const { t } = useTexts();
  return (
    <>
      {list.packs.length === 0 ? null : (
        <>
          <h2>{t("dues.packs")}</h2>
          <ul className="card flush list">{list.packs.map((row) => <Pack key={row.id} row={row} />)}</ul>
        </>
      )}
      {list.maySetOwn ? <p><Link className="link" to="/rules">{t("dues.rulesEdit")}</Link></p> : null}
    </>
  );
}

function Pack({ row }: { row: PackRow }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <span className="what">
        <strong>{t("dues.rulesVersion", { version: row.version })}</strong> {row.citation}
        <span className="soft"> · {t("dues.packWaits", { date: date(row.validFrom) })} · {t("dues.packFrom", { from: row.from, date: date(row.recordedOn) })}</span>
        {row.fault ? <span className="soft"> · {[code("dues", `fault_${row.fault}`), row.detail].filter(Boolean).join(":")}</span> : null}
      </span>
      {row.fault ? <Mark tone="yellow">{t("dues.packFault")}</Mark> : row.holds ? <Mark tone="green">{t("dues.packHolds")}</Mark> : null}
      <HistoryButton id={row.id} name={row.version} />
    </li>
  );
}
