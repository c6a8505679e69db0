import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, roleOf, useOffice, useQuery } from "../../api";
import type { OrgNode } from "../../api/generated/OrgNode";
import { Blank, Loaded, Mark, Page, type Tone } from "../../components";
import { useTexts } from "../../locales";
import { InviteDialog } from "./InviteDialog";
import { Pending } from "./Pending";

const looks: Record<string, Tone> = { self: "blue", invited: "grey", waiting: "yellow", joined: "green" };

/** 组织与邀请: the tree, who waits for a decision, and invitations. */
export function OrgScreen() {
  const { t } = useTexts();
  const { office } = useOffice();
  const tree = useQuery("org.tree", nothing);
  const [inviting, setInviting] = useState(false);
  const canJoin = office?.superior === null && roleOf(office) !== "department";
  return (
    <Page title={t("org.title")} actions={
      <>
        {canJoin ? <Link to="/join" className="ant-btn">{t("join.title")}</Link> : null}
        <Button type="primary" onClick={() => setInviting(true)}>{t("org.invite")}</Button>
      </>
    }>
      <Pending />
      <section className="card flush" aria-label={t("org.tree")}>
        <h2 className="list-title">{t("org.tree")}</h2>
        <Loaded query={tree}>
          {(nodes) => (
            <>
              <ul className="list">{nodes.map((node, index) => <Node key={node.id ?? node.slot ?? index} node={node} />)}</ul>
              {nodes.every((node) => node.depth === 0) ? <Blank>{t("org.empty")}</Blank> : null}
            </>
          )}
        </Loaded>
      </section>
      {inviting ? <InviteDialog role={roleOf(office)} onClose={() => setInviting(false)} /> : null}
    </Page>
  );
}

function Node({ node }: { node: OrgNode }) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <span className="what" style={{ paddingLeft: `${node.depth * 1.25}rem` }}>
        {node.name}
        {node.state === "joined" ? (
          <span className="soft"> · {node.lastReceived ? t("org.lastReceived", { date: date(node.lastReceived) }) : t("org.neverReceived")}</span>
        ) : null}
      </span>
      <Mark tone={looks[node.state] ?? "grey"} glyph={node.state === "joined" ? "check" : "info"}>{code("org", node.state)}</Mark>
    </li>
  );
}
