import type { FlowDue } from "../../api/generated/FlowDue";
import { Mark } from "../../components";
import { useTexts } from "../../locales";
import { dueWords, nameOf } from "./names";

/** Until when, how that stands, and which rule says so. Being late is told, not shouted. */
export function DueLine({ due, source }: { due: FlowDue; source?: boolean }) {
  const texts = useTexts();
  const { t, date } = texts;
  return (
    <div className="stack tight">
      <div className="flow-due">
        <span>{t("flow.until", { name: nameOf(texts, due.name), date: date(due.by) })}</span>
        <Mark tone={due.state === "met" ? "green" : due.state === "ahead" ? "blue" : "yellow"} glyph={due.state === "met" ? "check" : "info"}>{dueWords(texts, due)}</Mark>
        {due.disputed ? <Mark tone="yellow">{t("flow.dueDisputed")}</Mark> : null}
      </div>
      {source && due.citation ? <p className="soft">{t("flow.source", { source: due.citation })}</p> : null}
    </div>
  );
}
