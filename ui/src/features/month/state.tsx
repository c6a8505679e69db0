import type { MonthState } from "../../api/generated/MonthState";
import type { SubmissionWord } from "../../api/generated/SubmissionWord";
import { Mark, type Tone } from "../../components";
import { useTexts } from "../../locales";

const tones: Record<MonthState, Tone> = { none: "grey", pending: "blue", accepted: "green", returned: "yellow", withdrawn: "grey" };

/** Where a month stands, and whether decisions crossed. */
export function MonthMark({ state, disputed }: { state: MonthState; disputed?: boolean }) {
  const { t } = useTexts();
  return (
    <>
      <Mark tone={tones[state]} glyph={state === "none" ? "info" : state === "pending" ? "arrow" : state === "returned" ? "warn" : "check"}>{t(`month.state_${state}`)}</Mark>
      {disputed ? <Mark tone="yellow">{t("month.crossed")}</Mark> : null}
    </>
  );
}

/** What was said, oldest first. */
export function Words({ words }: { words: readonly SubmissionWord[] }) {
  const { t, date, code } = useTexts();
  if (words.length === 0) return null;
  return (
    <ul className="list" aria-label={t("month.words")}>
      {words.map((word, index) => (
        <li key={index}>
          <strong>{code("month", `word_${word.state}`)}</strong>{" "}
          <span className="soft">{[t(word.fromAbove ? "month.fromAbove" : "month.fromBranch"), word.person, word.by, date(word.on)].filter(Boolean).join(" · ")}</span>
          {word.note ? <p>{word.note}</p> : null}
        </li>
      ))}
    </ul>
  );
}
