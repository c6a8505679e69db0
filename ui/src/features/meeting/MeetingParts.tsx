import { Link } from "@tanstack/react-router";
import type { SessionView } from "../../api/generated/SessionView";
import { useTexts } from "../../locales";
import { TasksPart } from "./TasksPart";
import { VotesPart } from "./VotesPart";

/** What hangs on a session that is there: votes, grades, items of its resolution. */
export function MeetingParts({ view }: { view: SessionView }) {
  const { t } = useTexts();
  const { row } = view;
  return (
    <>
      <VotesPart session={row.id} />
      {row.kinds.includes("appraisal") ? <p><Link to="/appraisal" search={{ id: row.id }} className="ant-btn">{t("appraisal.title")}</Link></p> : null}
      <TasksPart session={row.id} resolution={view.resolution} />
    </>
  );
}
