import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, roleOf, useOffice, useQuery } from "../../api";
import type { OrgNode } from "../../api/generated/OrgNode";
import { Blank, Loaded, Mark, Page, type Tone } from "../../components";
import { useTexts } from "../../locales";
import { CustodyDialog } from "./CustodyDialog";
import { CustodyPart } from "./CustodyPart";
import { DeviceDialog } from "./DeviceDialog";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { BulkDialog } from "./BulkDialog";
import { below } from "./kinds";
import { OpenRequest } from "./OpenRequest";
import { OrderDialog } from "./OrderDialog";
import { Pending } from "./Pending";
import "./org.css";

const looks: Record<string, Tone> = { self: "blue", invited: "grey", waiting: "yellow", joined: "green" };

/** 组织与邀请: who waits for a decision, the tree, and the invitations that nobody has used yet. */
export function OrgScreen() {
  const { t } = useTexts();
  const { office } = useOffice();
  const tree = useQuery("org.tree", nothing);
  const [inviting, setInviting] = useState<"office" | "device" | "custody" | "bulk" | null>(null);
  const [ordered, setOrdered] = useState<{ node: OrgNode; nodes: readonly OrgNode[] } | null>(null);
  const canJoin = office?.superior === null && roleOf(office) !== "department";
  const keeper = office?.role === "keeper";
  const adopts = office !== null && below[office.kind].length > 0;
  return (
    <Page title={t("org.title")} actions={
      <>
        <Link to="/tree" className="ant-btn">{t("tree.title")}</Link>
        {canJoin ? <Link to="/join" className="ant-btn">{t("join.title")}</Link> : null}
        {keeper ? <Button onClick={() => setInviting("device")}>{t("org.inviteDevice")}</Button> : null}
        {keeper && office?.kind === "committee" && office.tree !== null ? <Button onClick={() => setInviting("custody")}>{t("org.custody")}</Button> : null}
        {keeper && adopts ? <Button onClick={() => setInviting("bulk")}>{t("stick.bulk")}</Button> : null}
        {keeper && adopts ? <Button type="primary" onClick={() => setInviting("office")}>{t("org.invite")}</Button> : null}
      </>
    }>
      <Pending />
      <section className="card flush" aria-label={t("org.tree")}>
        <h2 className="list-title">{t("org.tree")}</h2>
        <Loaded query={tree}>
          {(nodes) => (
            <>
              <ul className="list">{nodes.map((node) => (node.id === null ? null : <Node key={node.id} node={node} onOrder={keeper && node.state === "joined" ? () => setOrdered({ node, nodes }) : null} />))}</ul>
              {adopts && nodes.every((node) => node.depth === 0) ? <Blank>{t("org.empty")}</Blank> : null}
            </>
          )}
        </Loaded>
      </section>
      <CustodyPart keeper={keeper} />
      <Invitations keeper={keeper} />
      {keeper ? <OpenRequest /> : null}
      {keeper ? null : <p className="soft">{t("org.keeperOnly")}</p>}
      {inviting === "office" && office ? <InviteDialog own={office.kind} onClose={() => setInviting(null)} /> : null}
      {inviting === "custody" ? <CustodyDialog onClose={() => setInviting(null)} /> : null}
      {inviting === "bulk" ? <BulkDialog onClose={() => setInviting(null)} /> : null}
      {ordered ? <OrderDialog node={ordered.node} tree={ordered.nodes} onClose={() => setOrdered(null)} /> : null}
      {inviting === "device" ? <DeviceDialog onClose={() => setInviting(null)} /> : null}
    </Page>
  );
}

function Node({ node, onOrder }: { node: OrgNode; onOrder: (() => void) | null }) {
  const { t, code, date } = useTexts();
  const facts = [
    node.devices > 0 ? t("org.devices", { n: node.devices }) : "",
    node.lastReceived ? t("org.lastReceived", { date: date(node.lastReceived) }) : "",
    // Those further below deliver to the office between.
    node.state === "joined" && node.depth === 1 && !node.lastReceived ? t("org.neverReceived") : "",
  ].filter(Boolean);
  return (
    <li className="line">
      <span className="what" style={{ paddingLeft: `${node.depth * 1.25}rem` }}>
        {node.name}
        {facts.length > 0 ? <span className="soft"> · {facts.join(" · ")}</span> : null}
      </span>
      <span className="row">
        <Mark tone={looks[node.state] ?? "grey"} glyph={node.state === "joined" ? "check" : "info"}>{code("org", node.state)}</Mark>
        {onOrder ? <Button onClick={onOrder} aria-label={`${t("order.open")} ${node.name}`}>{t("order.open")}</Button> : null}
      </span>
    </li>
  );
}
