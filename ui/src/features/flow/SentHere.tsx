import { Link } from "@tanstack/react-router";
import { useQuery } from "../../api";
import { useTexts } from "../../locales";
import { allFlows } from "./filters";
import { FlowLine } from "./FlowList";
import "./flow.css";

const most = 7;

/** The matters that wait for this office, those that are due first. */
export function useWaiting(flows: string[] = [], enabled = true) {
  return useQuery("flow.list", { ...allFlows, flows, desk: false, counts: ["open"], limit: most }, { enabled });
}

/** 要办的: what this office has to see to among cases and rectifications; nothing where there is nothing. */
export function SentHere({ flows = [] }: {
  /** Only of these templates. */
  flows?: string[];
}) {
  const { t } = useTexts();
  const list = useWaiting(flows);
  const rows = list.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="card flush" aria-label={t("flow.sentHere")}>
      <div className="row apart list-title">
        <h2>{t("flow.sentHere")}</h2>
        {(list.data?.total ?? 0) > rows.length ? <Link to="/flows" search={{ tab: rows[0]?.flow ?? "" }}>{t("flow.sentHereAll", { n: list.data?.total ?? 0 })}</Link> : null}
      </div>
      <ul className="list">{rows.map((row) => <FlowLine key={row.id} row={row} kind />)}</ul>
    </section>
  );
}
