import { Link, useSearch } from "@tanstack/react-router";
import { useQuery } from "../../api";
import type { HouseholdEvent } from "../../api/generated/HouseholdEvent";
import { Blank, DeleteButton, Loaded, Lock, Page } from "../../components";
import { useTexts } from "../../locales";
import { EraseHousehold } from "./EraseHousehold";
import "./visit.css";

/** 住户: everything that is known of a household here. It stays in the village. */
export function HouseholdScreen() {
  const { t, several, date } = useTexts();
  const { id } = useSearch({ strict: false });
  const household = useQuery("household.get", { id: id ?? "" }, { enabled: id !== undefined });
  const row = household.data?.row;
  return (
    <Page title={row?.name ?? t("care.houseTitle")} narrow actions={id === undefined ? null : <><DeleteButton id={id} to="/visits" /><EraseHousehold id={id} /></>}>
      <Loaded query={household}>
        {(found) => {
          const paired = found.pairings.filter((one) => one.ended === null).map((one) => one.cadre);
          return (
            <>
              <div className="card stack tight stays-here">
                <div className="row"><strong>{[found.row.door, found.row.phone].filter(Boolean).join(" · ")}</strong><Lock /></div>
                {found.row.note ? <p className="prose">{found.row.note}</p> : null}
                <p className="soft">
                  {[
                    t("care.houseVisits", { n: found.row.visits }), found.row.lastVisit ? t("care.lastVisit", { date: date(found.row.lastVisit) }) : t("care.never"),
                    paired.length > 0 ? t("care.pairedWith", { cadres: several(paired) }) : "",
                  ].filter(Boolean).join(" · ")}
                </p>
              </div>
              <section className="card flush" aria-labelledby="timeline">
                <h2 id="timeline" className="list-title">{t("care.timeline")}</h2>
                {found.events.length === 0 ? <Blank>{t("care.noTimeline")}</Blank> : (
                  <ul className="list">{found.events.map((event, index) => <Event key={index} event={event} />)}</ul>
                )}
              </section>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** Where the words of a line's state stand. */
const stateTopic = { concern: "concern", answer: "concern", aid: "aidState", talk: "trigger", pairing: "houseEvent", consolation: "occasion" } as const;
const hasState = (kind: string): kind is keyof typeof stateTopic => kind in stateTopic;

function Event({ event }: { event: HouseholdEvent }) {
  const { code, date, pair } = useTexts();
  const state = event.state && hasState(event.kind) ? code(stateTopic[event.kind], event.state) : "";
  const head = [code("houseEvent", event.kind), state].filter(Boolean).join(" · ");
  const visit = event.kind === "visit" || event.kind === "consolation";
  const concern = event.kind === "concern" || event.kind === "answer";
  return (
    <li className="line">
      <div className="what">
        {visit ? <Link to="/visit" search={{ id: event.record }}>{date(event.date)}</Link>
          : concern ? <Link to="/visits" search={{ tab: "concerns", id: event.record }}>{date(event.date)}</Link>
          : event.kind === "talk" ? <Link to="/visits" search={{ tab: "talks", id: event.record }}>{date(event.date)}</Link>
          : <strong>{date(event.date)}</strong>}{" "}
        {event.text ? pair(head, event.text) : head}
      </div>
    </li>
  );
}
