import type { VotePerson } from "../../api/generated/VotePerson";
import type { VoteQuorum } from "../../api/generated/VoteQuorum";
import { Mark, type Tone } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { Source } from "./Source";

/** The sentence of the light before a vote. */
export function lightSentence({ t }: Texts, quorum: VoteQuorum): string {
  const { neededToOpen, neededToPass, present, written } = quorum;
  if (quorum.rollOfOther) return t("meeting.rollOfOtherLight");
  if (quorum.light === "green") return t("vote.green", { pass: neededToPass });
  if (quorum.light === "red") return t("vote.red", { short: neededToOpen > present ? neededToOpen - present : 1 });
  return t(written > 0 ? "vote.yellowWritten" : "vote.yellow", { here: present, written });
}

/** A roll of another kind, day or group gives no colour. */
export const lightTone = (quorum: VoteQuorum): Tone => (quorum.rollOfOther ? "grey" : quorum.light);

/** 表决前: colour, picture and words, numbers, who is missing, who is left out and why, and the rule. */
export function VoteLight({ quorum }: { quorum: VoteQuorum }) {
  const texts = useTexts();
  const { t, several, code } = texts;
  const named = (people: readonly VotePerson[]) =>
    several(people.map((one) => (one.reason ? `${one.name} (${code("vote", one.reason)})` : one.name)));
  const part = (title: string, people: readonly VotePerson[]) =>
    people.length === 0 ? null : <p><strong>{title}</strong> {named(people)}</p>;
  return (
    <section className="stack tight" aria-label={t("vote.light")}>
      <div role="status"><Mark tone={lightTone(quorum)}>{lightSentence(texts, quorum)}</Mark></div>
      <p>{t("vote.lightNumbers", { due: quorum.due, here: quorum.present, open: quorum.neededToOpen, pass: quorum.neededToPass })}</p>
      {part(t("vote.missing", { n: quorum.missing.length }), quorum.missing)}
      {part(t("vote.excludedCounted", { n: quorum.excluded.length }), quorum.excluded)}
      {part(t("vote.excludedPending", { n: quorum.notExcludedYet.length }), quorum.notExcludedYet)}
      {part(t("vote.noVote", { n: quorum.noVote.length }), quorum.noVote)}
      <Source rule={quorum.rule} />
    </section>
  );
}
