import type { FlowDue } from "../../api/generated/FlowDue";
import type { FlowRow } from "../../api/generated/FlowRow";
import type { Tone } from "../../components";
import type { Texts } from "../../locales";

/** A name of a template in the language of the screen; what an office named itself stays as it is. */
export function nameOf(texts: Texts, name: string): string {
  return texts.code("flowName", name);
}

/** What a key of an event is called; some events have a word of their own for it. */
export function fieldName(texts: Texts, event: string, key: string): string {
  const own = `${event}_${key}`;
  return texts.code("flowField", texts.has(`flowField.${own}`) ? own : key);
}

/** 类别: one of the known ones of concerns, or in the words of whoever opened it. */
export function categoryName(texts: Texts, category: string): string {
  return category ? texts.code("category", category) : "";
}

export function channelName(texts: Texts, channel: string): string {
  const own = `channel_${channel}`;
  return texts.has(`cases.${own}`) ? texts.code("cases", own) : channel;
}

/** Where a matter is shown: cases belong to 诉求. */
export function pathOf(flow: string): "/case" | "/flow" {
  return flow === "case" ? "/case" : "/flow";
}

export function toneOf(row: Pick<FlowRow, "known" | "ended" | "disputed">): Tone {
  if (!row.known) return "grey";
  if (row.disputed) return "yellow";
  return row.ended ? "green" : "blue";
}

/** How a deadline stands, in words: `还有13天`. */
export function dueWords({ t, date }: Texts, due: FlowDue): string {
  switch (due.state) {
    case "ahead":
      return due.days === 0 ? t("flow.lastDay") : t("flow.daysLeft", { n: due.days });
    case "overdue":
      return t("flow.daysOver", { n: due.days });
    case "met":
      return due.metOn ? t("flow.metOn", { date: date(due.metOn) }) : t("flow.met");
    default:
      return t("flow.late", { n: due.days });
  }
}
