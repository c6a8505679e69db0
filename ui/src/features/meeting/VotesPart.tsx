import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useCommand, useQuery, useRecords } from "../../api";
import type { VoteChoiceRow } from "../../api/generated/VoteChoiceRow";
import type { VoteRow } from "../../api/generated/VoteRow";
import { ErrorNotice, Loaded, Mark, RecordMarks, type Tone, useToast } from "../../components";
import { useTexts } from "../../locales";
import { lightSentence, lightTone } from "./VoteLight";
import "./plan.css";

const tones: Record<string, Tone> = { passed: "green", open: "grey", not_passed: "grey", no_quorum: "yellow", void: "yellow", unclear: "yellow" };

/** 表决: what was voted on at a session, and what the numbers say. */
export function VotesPart({ session }: { session: string }) {
  const { t } = useTexts();
  const records = useRecords();
  const list = useQuery("vote.list", { id: session });
  return (
    <section className="stack" aria-labelledby="votes">
      <div className="row apart">
        <h2 id="votes">{t("vote.title")}</h2>
        {!records ? null : <Link to="/vote" search={{ session }} className="ant-btn">{t("vote.add")}</Link>}
      </div>
      <Loaded query={list}>
        {(rows) => rows.length === 0 ? <p className="soft">{t("vote.none")}</p> : (
          <>
            <ul className="card flush list">{rows.map((row) => <Row key={row.id} row={row} />)}</ul>
            <p className="soft">{t("vote.verdictHint")}</p>
          </>
        )}
      </Loaded>
    </section>
  );
}

function Row({ row }: { row: VoteRow }) {
  const texts = useTexts();
  const { t } = texts;
  const writes = useRecords();
  const say = useToast();
  const drop = useCommand("vote.drop");
  return (
    <li className="stack tight">
      <div className="vote-head">
        <strong>{row.subject} <span className="soft">{t(`vote.${row.rule}`)}</span></strong>
        <span className="row">
          <RecordMarks custodian={row.custodian} conflict={row.conflict} />
          {row.dropped ? <Mark tone="grey" glyph="minus">{t("vote.dropped")}</Mark> : <Mark tone={lightTone(row.quorum)}>{lightSentence(texts, row.quorum)}</Mark>}
        </span>
      </div>
      {row.issued !== null || row.returned !== null ? <div className="soft">{t("vote.ballots", { issued: row.issued ?? "—", returned: row.returned ?? "—" })}</div> : null}
      <ul className="stack tight">{row.choices.map((choice, at) => <ChoiceLine key={at} choice={choice} needed={row.quorum.neededToPass} dropped={row.dropped} />)}</ul>
      {writes && row.id !== null ? (
        <div className="row">
          {row.dropped ? null : <Link to="/vote" search={{ session: row.session, id: row.id }} className="ant-btn" aria-label={`${t("vote.edit")} ${row.subject}`}>{t("vote.edit")}</Link>}
          <Button loading={drop.isPending} aria-label={`${t(row.dropped ? "vote.restore" : "vote.drop")} ${row.subject}`}
            onClick={() => drop.mutate({ id: row.id ?? "", dropped: !row.dropped }, { onSuccess: () => say(t("common.saved")) })}>
            {t(row.dropped ? "vote.restore" : "vote.drop")}
          </Button>
        </div>
      ) : null}
      {drop.isError ? <ErrorNotice error={drop.error} /> : null}
    </li>
  );
}

export function ChoiceLine({ choice, needed, dropped }: { choice: VoteChoiceRow; needed: number; dropped: boolean }) {
  const { t, code } = useTexts();
  const { inFavour, against, abstain, inFavourAll, verdict } = choice;
  return (
    <li className="row">
      {choice.name ? <strong>{choice.name}</strong> : null}
      {inFavour === null ? null : <span>{t("vote.counts", { for: inFavour, against: against ?? 0, abstain: abstain ?? 0 })}</span>}
      {dropped ? null : <Mark tone={tones[verdict] ?? "grey"} glyph={verdict === "passed" ? "check" : "info"}>{code("vote", `verdict_${verdict}`, { for: inFavourAll, needed })}</Mark>}
    </li>
  );
}
