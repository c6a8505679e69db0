import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { roleOf, useOffice, useQuery, useRecords } from "../../api";
import type { FlowMay } from "../../api/generated/FlowMay";
import type { FlowView } from "../../api/generated/FlowView";
import { Loaded, Mark, Notice, Page } from "../../components";
import { useTexts } from "../../locales";
import { AnswerDialog } from "../cases/AnswerDialog";
import { Caller } from "../cases/Caller";
import { PassDialog } from "../cases/PassDialog";
import { TellDialog } from "../cases/TellDialog";
import { ActDialog } from "./ActDialog";
import { Links } from "./Links";
import { nameOf } from "./names";
import { Dispute, Standing } from "./Standing";
import { Timeline } from "./Timeline";
import "./flow.css";

/** One matter of any template: what it is, where it stands, what happened, and what the one at the screen may do now. */
export function FlowScreen() {
  const texts = useTexts();
  const { t } = texts;
  const { id } = useSearch({ strict: false });
  const found = useQuery("flow.get", { id: id ?? "" }, { enabled: id !== undefined });
  const row = found.data?.row;
  return (
    <Page title={row?.title ?? t("flow.title")} links={row ? <Back view={found.data as FlowView} /> : null}>
      {id === undefined ? <Notice tone="yellow">{t("frame.notFound")}</Notice> : <Loaded query={found}>{(view) => <View key={view.row.id} view={view} />}</Loaded>}
    </Page>
  );
}

function Back({ view }: { view: FlowView }) {
  const { t } = useTexts();
  const { office } = useOffice();
  const role = roleOf(office);
  if (role !== "branch" && view.row.flow === "case") return <Link to="/concerns" search={{ tab: "cases" }} className="ant-btn">{t("flow.back")}</Link>;
  return <Link to="/flows" search={{ tab: view.row.flow }} className="ant-btn">{t("flow.back")}</Link>;
}

function View({ view }: { view: FlowView }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const records = useRecords();
  const may = records ? view.may : [];
  const doing = may.find((one) => one.event === search.draft);
  const open = (event: string | undefined) => void navigate({ to: "/flow", search: { id: view.row.id, ...(event ? { draft: event } : {}) }, replace: true });
  return (
    <div className="flow-view">
      <div className="stack">
        {view.row.known ? null : <Notice tone="yellow">{t("flow.unknown")}</Notice>}
        <Dispute view={view} />
        <Actions may={may} onOpen={open} />
        <Standing view={view} />
        {view.caller || view.row.flow === "case" && view.row.place === "desk" ? <Caller view={view} /> : null}
        <Links view={view} />
      </div>
      <Timeline view={view} />
      {doing ? <Doing view={view} may={doing} onClose={() => open(undefined)} /> : null}
    </div>
  );
}

/** What can be done, the ways out of a dispute first. */
function Actions({ may, onOpen }: { may: readonly FlowMay[]; onOpen: (event: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const shown = may.filter((one) => one.call !== "case.answer_back").toSorted((a, b) => Number(b.settles) - Number(a.settles));
  const first = shown.find((one) => one.settles) ?? shown.find((one) => one.leadsTo !== "");
  return (
    <section className="card stack" aria-labelledby="flow-do">
      <h2 id="flow-do">{t("flow.actions")}</h2>
      {shown.length === 0 ? <p className="soft">{t("flow.noActions")}</p> : (
        <div className="flow-actions">
          {shown.map((one) => (
            <Button key={one.event} type={one === first ? "primary" : "default"} onClick={() => onOpen(one.event)}>
              {nameOf(texts, one.name)}{one.settles ? <> <Mark tone="yellow" glyph="check">{t("flow.settles")}</Mark></> : null}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function Doing({ view, may, onClose }: { view: FlowView; may: FlowMay; onClose: () => void }) {
  switch (may.call) {
    case "case.pass":
      return <PassDialog view={view} onClose={onClose} />;
    case "case.tell":
      return <TellDialog view={view} onClose={onClose} />;
    case "case.answer":
      return <AnswerDialog view={view} onClose={onClose} />;
    default:
      return <ActDialog view={view} may={may} onClose={onClose} />;
  }
}
