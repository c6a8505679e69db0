import { Link } from "@tanstack/react-router";
import type { ConcernRow as Row } from "../../api/generated/ConcernRow";
import type { ConcernState } from "../../api/generated/ConcernState";
import { Mark, RecordMarks, type Tone } from "../../components";
import { useTexts } from "../../locales";

export const concernTones: Record<ConcernState, Tone> = { kept: "grey", handed_in: "blue", in_progress: "yellow", answered: "green", closed: "green" };
export const concernStates: readonly ConcernState[] = ["kept", "handed_in", "in_progress", "answered", "closed"];

/** A concern on a list: where it stands, the next step, who and by when. */
export function ConcernRow({ row, office, onOpen }: {
  row: Row;
  /** Says from which office it is. */
  office?: boolean;
  /** Without it the text leads to the list of concerns. */
  onOpen?: () => void;
}) {
  const { t, code, date } = useTexts();
  return (
    <li className="line">
      <div className="what">
        {onOpen
          ? <button type="button" className="plain-button" onClick={onOpen}>{row.text}</button>
          : <Link to="/visits" search={{ tab: "concerns", id: row.id }}>{row.text}</Link>}
        <div className="soft">
          {[
            office ? row.officeName : "", code("category", row.category), date(row.date), row.nextStep,
            t("concern.by", { who: row.owner, date: date(row.deadline) }), row.unit ? t("concern.unit", { unit: row.unit }) : "",
          ].filter(Boolean).join(" · ")}
        </div>
      </div>
      <span className="row">
        <RecordMarks conflict={row.conflict} />
        <Mark tone={concernTones[row.state]} glyph={row.state === "closed" ? "check" : "info"}>{t(`concern.${row.state}`)}</Mark>
      </span>
    </li>
  );
}
