import { useOffice } from "../../api";
import type { FlowEventRow } from "../../api/generated/FlowEventRow";
import type { FlowView } from "../../api/generated/FlowView";
import { errorText, HistoryButton, Mark } from "../../components";
import { useTexts } from "../../locales";
import { fieldName, nameOf } from "./names";

/** 办理经过: each step with office, person and day, and which of them count. */
export function Timeline({ view }: { view: FlowView }) {
  const { t, date } = useTexts();
  return (
    <section className="card stack" aria-labelledby="flow-steps">
      <div className="row apart"><h2 id="flow-steps">{t("flow.timeline")}</h2><HistoryButton id={view.row.id} /></div>
      <p className="soft">{t("flow.begins", { date: date(view.row.on) })}</p>
      {view.events.length === 0 ? <p className="soft">{t("flow.noEvents")}</p> : (
        <ol className="flow-steps">{view.events.map((event) => <Step key={event.id} event={event} />)}</ol>
      )}
    </section>
  );
}

function Step({ event }: { event: FlowEventRow }) {
  const texts = useTexts();
  const { t, date } = texts;
  const { office } = useOffice();
  const above = event.side === "superior" && event.office !== "" && event.office !== office?.id;
  const said = Object.entries(event.data).filter(([key]) => key !== "linked");
  return (
    <li className={event.counted ? (event.moves ? undefined : "noted") : "void"}>
      <div className="row">
        <strong>{nameOf(texts, event.name)}</strong>
        <span className="soft">{date(event.on)}</span>
        {event.counted && event.moves ? <span className="soft">{t("flow.leadsTo", { state: nameOf(texts, event.stateName) })}</span> : null}
        {event.valueName ? <Mark tone="grey" glyph="info">{nameOf(texts, event.valueName)}</Mark> : null}
        {event.crossed ? <Mark tone="yellow">{t("flow.disputed")}</Mark> : null}
        {event.custodian ? <Mark tone="grey" glyph="pen">{t("common.custodian")}</Mark> : null}
        {event.counted ? null : <Mark tone="grey" glyph="info">{t("flow.notCounted")}</Mark>}
      </div>
      <div className="soft">
        {[above ? t("flow.bySuperior", { name: event.officeName }) : event.officeName, event.person, event.role, event.due ? texts.pair(fieldName(texts, event.event, "due"), date(event.due)) : ""].filter(Boolean).join(" · ")}
      </div>
      {said.map(([key, value]) => <div key={key}>{texts.pair(fieldName(texts, event.event, key), key === "way" ? texts.code("cases", `way_${value}`) : value)}</div>)}
      {event.note ? <p className="prose">{event.note}</p> : null}
      {event.counted ? null : <p className="soft">{event.why ? errorText(texts, event.why) : t("flow.void")}</p>}
    </li>
  );
}
