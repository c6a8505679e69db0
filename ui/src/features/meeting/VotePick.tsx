import { useQuery } from "../../api";
import type { VoteRow } from "../../api/generated/VoteRow";
import { SelectField } from "../../components";
import { useTexts } from "../../locales";

/** What a recorded vote tells, for a form that would have it typed again. */
export interface Counted {
  due: number;
  present: number;
  written: number;
  inFavour: number;
}

/** The votes of a session, a line for each choice that was counted; those taken back are none. */
export function countedOf(votes: readonly VoteRow[]): { id: string; label: string; counted: Counted }[] {
  return votes.filter((vote) => !vote.dropped).flatMap((vote) => vote.choices.flatMap((choice, n) => choice.inFavour === null ? [] : [{
    id: `${vote.id ?? ""}/${n}`,
    label: [vote.subject, choice.name, String(choice.inFavourAll)].filter(Boolean).join(" · "),
    counted: { due: vote.quorum.due, present: vote.quorum.present, written: vote.quorum.written, inFavour: choice.inFavourAll },
  }]));
}

/** 采用已记的表决: numbers are taken over from the vote that was recorded at the session, and stay to be changed. Nothing where
 * none was recorded. */
export function VotePick({ session, onPick }: { session: string; onPick: (counted: Counted) => void }) {
  return session === "" ? null : <Pick session={session} onPick={onPick} />;
}

function Pick({ session, onPick }: { session: string; onPick: (counted: Counted) => void }) {
  const { t } = useTexts();
  const votes = useQuery("vote.list", { id: session });
  const lines = countedOf(votes.data ?? []);
  if (lines.length === 0) return null;
  return (
    <SelectField label={t("vote.takeOver")} value="" empty={t("vote.takeOverNone")} options={lines.map((line) => ({ value: line.id, label: line.label }))}
      onChange={(id) => { const found = lines.find((line) => line.id === id); if (found) onPick(found.counted); }} />
  );
}
