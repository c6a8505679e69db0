import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { nothing, roleOf, useCommand, useOffice, useQuery } from "../../api";
import type { PeerStatus } from "../../api/generated/PeerStatus";
import type { SyncOutcome } from "../../api/generated/SyncOutcome";
import { Blank, ErrorNotice, Loaded, Mark, Notice, Page, SyncWords, TreeCard } from "../../components";
import { useTexts } from "../../locales";
import { BookTable } from "./BookTable";
import { StickPart } from "./StickPart";
import { TroublesPart } from "./TroublesPart";

/** 同步: the honest status, who reads each book, and which never leave. */
export function SyncScreen() {
  const { t, several, pair, code } = useTexts();
  const { office } = useOffice();
  const status = useQuery("sync.status", nothing);
  const now = useCommand("sync.now");
  const root = roleOf(office) === "department";
  return (
    <Page title={t("sync.title")} actions={
      <Button type="primary" onClick={() => now.mutate({ timeoutS: 0 })} loading={now.isPending}>{t(now.isPending ? "sync.running" : "sync.now")}</Button>
    }>
      <Loaded query={status}>
        {(data) => (
          <>
            <div className="card stack">
              <div className="row"><SyncWords status={data} root={root} /></div>
              {data.light === "red" ? <StopHelp code={data.stopped} /> : null}
              {data.problems > 0 ? (
                <Notice tone="yellow" action={<Link to="/conflicts">{t("sync.seeConflicts")}</Link>}>{t("sync.problems", { n: data.problems })}</Notice>
              ) : null}
              {data.heldAbove > 0 ? <Notice tone="yellow">{t("sync.heldAbove", { n: data.heldAbove })}</Notice> : null}
              {now.data ? <Outcome outcome={now.data} /> : null}
              {now.isError ? <ErrorNotice error={now.error} /> : null}
              {office?.superior === null && !root ? (
                <div className="row"><Link to="/join" className="ant-btn">{t("sync.join")}</Link> <span className="soft">{t("sync.joinHint")}</span></div>
              ) : null}
            </div>
            {data.ownMissing.length > 0 ? (
              <Notice tone="yellow">{t("sync.ownMissing", { books: several(data.ownMissing.map((kind) => code("book", kind))) })}</Notice>
            ) : null}
            {data.backupTrouble ? (
              <Notice tone="yellow" action={<Link to="/security">{t("sync.toBackup")}</Link>}>{t("sync.backupTrouble")}</Notice>
            ) : null}
            <StickPart />
            <TroublesPart />
            <div><Link to="/leaves" className="ant-btn">{t("leaves.link")}</Link></div>
            {office?.tree ? <TreeCard /> : null}
            <BookTable books={data.books} lastBackup={data.lastBackup} />
            <Peers peers={data.peers} />
            {data.addresses.length > 0 ? <p className="soft mono">{pair(t("sync.addresses"), several(data.addresses))}</p> : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function StopHelp({ code }: { code: string | null }) {
  const { t } = useTexts();
  const help = code === "disk_full" ? t("status.diskHelp") : code === "clock" ? t("status.clockHelp") : t("status.otherHelp", { code: code ?? "?" });
  return (
    <details>
      <summary className="plain-button">{t("status.whatToDo")}</summary>
      <p>{help}</p>
    </details>
  );
}

function Outcome({ outcome }: { outcome: SyncOutcome }) {
  const { t, code } = useTexts();
  const numbers = t("sync.sentReceived", { sent: outcome.sent, received: outcome.received });
  return (
    <div role="status">
      {outcome.delivered ? (
        <Notice tone="green">{t("sync.delivered")} · {numbers}</Notice>
      ) : outcome.hasSuperior ? (
        <Notice tone="yellow">{t("sync.notDelivered", { why: code("sync", outcome.reason ?? "timeout") })} {numbers}</Notice>
      ) : (
        <Notice tone="grey">{t("sync.noSuperior")} · {numbers}</Notice>
      )}
    </div>
  );
}

function Peers({ peers }: { peers: readonly PeerStatus[] }) {
  const { t, date } = useTexts();
  return (
    <section className="card flush" aria-label={t("sync.peers")}>
      <div className="list-title row apart">
        <h2>{t("sync.peers")}</h2>
        <Link to="/org">{t("sync.toOrg")}</Link>
      </div>
      {peers.length === 0 ? <Blank>{t("sync.noPeers")}</Blank> : (
        <ul className="list">
          {peers.map((peer) => (
            <li key={peer.device} className="line">
              <span className="what">{peer.office} <span className="soft mono">{peer.device.slice(0, 8)}</span></span>
              <Mark tone={peer.connected ? "blue" : "grey"} glyph={peer.connected ? "arrow" : "info"}>
                {peer.connected ? t("sync.connected") : peer.lastSeen ? t("sync.lastSeen", { date: date(peer.lastSeen) }) : t("sync.notSeen")}
              </Mark>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
