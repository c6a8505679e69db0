import type { ReactNode } from "react";
import type { ItemRow } from "../../api/generated/ItemRow";
import { Mark, RecordMarks, type Tone } from "../../components";
import { useTexts } from "../../locales";

export const itemTones: Record<ItemRow["state"], Tone> = { open: "grey", in_progress: "blue", done: "green", accepted: "green", returned: "yellow" };

/** Where it stands, by who has to accept it: the superior, somebody of the office, or nobody. */
export function itemWord(row: ItemRow) {
  if (row.origin === "superior") return `checklist.sent_${row.state}` as const;
  return row.origin === "rectification" && row.state === "done" ? "checklist.awaits" : (`checklist.${row.state}` as const);
}

/** One item of a list: what, who, until when, where it stands. Being late is told, not shouted. */
export function ItemLine({ row, office, children }: { row: ItemRow; office?: boolean; children: ReactNode }) {
  const { t, date } = useTexts();
  const above = row.origin === "superior";
  const fresh = above && !row.acknowledged;
  const words = fresh ? t("checklist.notAcknowledged") : t(itemWord(row));
  const comment = row.state === "returned" ? row.decisions.findLast((one) => !one.accepted)?.note : undefined;
  return (
    <li className="line">
      <div className="what">
        <strong>{row.title}</strong>
        <div className="soft">
          {[office ? row.officeName : "", row.leader, row.person, row.deadline ? t("checklist.until", { date: date(row.deadline) }) : "", row.measure].filter(Boolean).join(" · ")}
        </div>
        {comment ? <div>{t("checklist.comment", { note: comment })}</div> : null}
      </div>
      <span className="row">
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
        {row.disputed ? <Mark tone="yellow">{t("month.crossed")}</Mark> : null}
        {row.overdue ? <Mark tone="grey" glyph="info">{t("checklist.overdue")}</Mark> : null}
        <Mark tone={fresh ? "yellow" : itemTones[row.state]} glyph={row.finished ? "check" : "info"}>{words}</Mark>
        {children}
      </span>
    </li>
  );
}
