import type { FlowView } from "../../api/generated/FlowView";
import { Mark, Notice } from "../../components";
import { useTexts } from "../../locales";
import { DueLine } from "./DueLine";
import { categoryName, channelName, nameOf, toneOf } from "./names";

/** What it is, where it stands, and until when. */
export function Standing({ view }: { view: FlowView }) {
  const texts = useTexts();
  const { t, date } = texts;
  const { row } = view;
  const running = view.deadlines.filter((one) => one.running);
  const rest = view.deadlines.filter((one) => !one.running);
  const facts: [string, string][] = [
    [t("flow.flowTab"), nameOf(texts, row.flowName)], [t("common.office"), row.officeName], [t("flow.on"), date(row.on)], [t("flow.category"), categoryName(texts, row.category)], [t("flow.form"), row.form],
    [t("flow.channel"), channelName(texts, row.channel)], [t("flow.unit"), row.unit], [t("flow.leader"), row.leader], [t("flow.person"), row.person],
  ];
  return (
    <section className="card stack" aria-labelledby="flow-where">
      <div className="row apart">
        <h2 id="flow-where">{t("flow.where")}</h2>
        <span className="row">
          {row.disputed ? <Mark tone="yellow">{t("flow.disputed")}</Mark> : null}
          <Mark tone={toneOf({ ...row, disputed: false })} glyph={row.ended ? "check" : "info"}>{row.known ? nameOf(texts, row.stateName) : t("flow.unknown")}</Mark>
          {view.marks.map((mark) => <Mark key={mark.event} tone={mark.disputed ? "yellow" : "grey"} glyph="info">{nameOf(texts, mark.valueName)}</Mark>)}
        </span>
      </div>
      {running.length === 0 ? (row.ended ? null : <p className="soft">{t("flow.noDeadline")}</p>) : running.map((due) => <DueLine key={due.id} due={due} source />)}
      {view.marks.filter((mark) => mark.disputed).map((mark) => <Notice key={mark.event} tone="yellow">{t("flow.valueDisputed", { value: nameOf(texts, mark.valueName) })}</Notice>)}
      {row.text ? <p className="prose">{row.text}</p> : null}
      <dl className="flow-facts">
        {facts.filter(([, value]) => value !== "").map(([name, value]) => <div key={name} style={{ display: "contents" }}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
      {rest.map((due) => <DueLine key={due.id} due={due} />)}
      {view.template ? (
        <p className="soft">
          {running.some((one) => one.citation === view.template?.citation) ? null : <>{t("flow.source", { source: view.template.citation })} · </>}{t("flow.version", { version: row.version })}
        </p>
      ) : null}
    </section>
  );
}

/** 两边同时办理: who said what, what counts meanwhile, and how it is settled. */
export function Dispute({ view }: { view: FlowView }) {
  const texts = useTexts();
  const { t, date } = texts;
  if (!view.events.some((event) => event.crossed)) return null;
  const ways = view.may.filter((one) => one.settles);
  return (
    <section className="card stack" aria-labelledby="flow-dispute">
      <h2 id="flow-dispute">{t("flow.disputeTitle")}</h2>
      <p>{t("flow.disputeNow", { state: nameOf(texts, view.row.stateName) })}</p>
      <ul className="stack tight">
        {view.events.filter((event) => event.crossed).map((event) => (
          <li key={event.id}>
            <strong>{event.officeName}</strong>{event.person ? ` · ${event.person}` : ""} · {date(event.on)}: {nameOf(texts, event.name)} {t("flow.leadsTo", { state: nameOf(texts, event.stateName) })}
            {event.note ? <p className="prose soft">{event.note}</p> : null}
          </li>
        ))}
      </ul>
      <Notice tone="blue">{t(ways.length > 0 ? "flow.disputeOut" : "flow.disputeNoneHere")}</Notice>
    </section>
  );
}
