import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { roleOf, useOffice, useQuery, useRecords } from "../../api";
import type { FlowMay } from "../../api/generated/FlowMay";
import type { FlowTemplate } from "../../api/generated/FlowTemplate";
import type { FlowView } from "../../api/generated/FlowView";
import { Loaded, Mark, Notice, Page } from "../../components";
import { useTexts } from "../../locales";
import { AcceptDialog } from "../cases/AcceptDialog";
import { AnswerDialog } from "../cases/AnswerDialog";
import { Caller } from "../cases/Caller";
import { PassDialog } from "../cases/PassDialog";
import { TakeIn } from "../cases/TakeIn";
import { TellDialog } from "../cases/TellDialog";
import { IssueDialog } from "../rounds/IssueButton";
import { ActDialog } from "./ActDialog";
import { Links } from "./Links";
import { nameOf, pathOf } from "./names";
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
      {id === undefined ? <Notice tone="yellow">{t("frame.notFound")}</Notice> : <Loaded query={found}>{(view) => <View key={view.row.id} view={view} asking={found.isFetching} />}</Loaded>}
    </Page>
  );
}

function Back({ view }: { view: FlowView }) {
  const { t } = useTexts();
  const { office } = useOffice();
  if (roleOf(office) === "committee" && view.row.flow === "case") return <Link to="/concerns" search={{ tab: "cases" }} className="ant-btn">{t("flow.back")}</Link>;
  return <Link to="/flows" search={{ tab: view.row.flow }} className="ant-btn">{t("flow.back")}</Link>;
}

function View({ view, asking }: {
  view: FlowView;
  /** The node is being asked again: what stands here may be from before a step that was taken elsewhere. */
  asking: boolean;
}) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const records = useRecords();
  const { office } = useOffice();
  // What another office brought is taken in before it is passed on; who asked is told where the case was sent.
  const foreign = office !== null && view.row.office !== office.id;
  const may = (records ? view.may : []).filter((one) => !(one.call === "case.pass" && foreign) && !(one.call === "case.tell" && view.row.place !== "sent"));
  const brought = view.row.flow === "case" && foreign && view.row.place === "own" && view.side === "superior";
  // An answer that came back is what comes next.
  const waits = view.links.some((link) => link.answer?.waiting);
  const [taking, setTaking] = useState(false);
  // What is done is done on what is looked at: a dialog opens on the answer of now, and then stays as it is.
  const [ready, setReady] = useState<string | undefined>(undefined);
  if (search.draft !== ready && (search.draft === undefined || !asking)) setReady(search.draft);
  const doing = may.find((one) => one.event === ready);
  const open = (event: string | undefined) => void navigate({ to: pathOf(view.row.flow), search: { id: view.row.id, ...(event ? { draft: event } : {}) }, replace: true });
  return (
    <div className="flow-view">
      <div className="stack">
        {view.row.known ? null : <Notice tone="yellow">{t("flow.unknown")}</Notice>}
        <Dispute view={view} />
        {waits ? <Links view={view} /> : null}
        <Actions may={may} template={view.template} state={view.row.state} onOpen={open} quiet={waits} first={brought ? <TakeIn source={view.row.id} onTake={() => setTaking(true)} /> : null} />
        <Standing view={view} />
        {view.caller ? <Caller view={view} /> : null}
        {waits ? null : <Links view={view} />}
      </div>
      <Timeline view={view} />
      {doing ? <Doing view={view} may={doing} onClose={() => open(undefined)} /> : null}
      {taking ? <AcceptDialog from={{ id: view.row.id, office: view.row.officeName, text: view.row.text || view.row.title, category: view.row.category }} onClose={() => setTaking(false)} /> : null}
    </div>
  );
}

/** What can be done, the ways out of a dispute first. */
function Actions({ may, template, state, quiet, first, onOpen }: { may: readonly FlowMay[]; template: FlowTemplate | null; state: string; quiet: boolean; first: ReactNode; onOpen: (event: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const shown = may.filter((one) => one.call !== "case.answer_back").toSorted((a, b) => Number(b.settles) - Number(a.settles));
  // What leads on is likely meant: neither a way back, nor handing it to somebody else.
  const place = (id: string) => template?.states.findIndex((one) => one.id === id) ?? -1;
  const likely = first === null && !quiet ? (shown.find((one) => one.settles) ?? shown.find((one) => one.call !== "case.pass" && place(one.leadsTo) > place(state))) : undefined;
  return (
    <section className="card stack" aria-labelledby="flow-do">
      <h2 id="flow-do">{t("flow.actions")}</h2>
      {shown.length === 0 && first === null ? <p className="soft">{t("flow.noActions")}</p> : (
        <div className="flow-actions">
          {first}
          {shown.map((one) => (
            <Button key={one.event} type={one === likely ? "primary" : "default"} onClick={() => onOpen(one.event)}>
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
    case "interview.issue": {
      const found = view.events.filter((one) => one.event === "find" && one.counted);
      return <IssueDialog id={view.row.id} unit={view.row.officeName} findings={found.map((one) => ({ id: one.id, topic: one.data["topic"] ?? "", note: one.note }))} onClose={onClose} />;
    }
    default:
      return <ActDialog view={view} may={may} onClose={onClose} />;
  }
}
