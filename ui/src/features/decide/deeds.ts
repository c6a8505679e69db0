import type { DecideRow } from "../../api/generated/DecideRow";
import type { TextKey, Texts } from "../../locales";
import { pathOf } from "../flow/names";
import { nameOf } from "../flow/names";

/** Where a row leads: a screen, or a dialog over the list. */
export type Way = { to: "/submission" | "/flow" | "/case" | "/org" | "/conflicts" | "/sync" | "/alike" | "/concerns"; search: Record<string, string> } | "dialog";

/** What a row's button does at once; none: it leads where the row leads. */
export type Deed = "submission" | "item" | "tell" | "retry" | null;

export interface Matter {
  row: DecideRow;
  /** The row in words, for whoever hears buttons without seeing the row. */
  name: string;
  open: Way;
  /** Where the button leads, when it does nothing at once. */
  act: Way;
  deed: Deed;
  label: TextKey;
  /** What happens if nobody decides. */
  otherwise: TextKey;
}

const pathTo = (row: DecideRow) => (row.kind === "case" || row.kind === "answer" ? "/case" : pathOf(row.about));
const flowAt = (row: DecideRow, event: string): Way => ({ to: pathTo(row), search: event ? { id: row.target, draft: event } : { id: row.target } });
const plainFlow = (row: DecideRow): Way => flowAt(row, "");

/** What can be tried again; what proves something against somebody, or waits for a keeper, is looked at. */
const retried = ["certify", "update"];

/** Both sides acted, and it is the other one that settles it. */
const settledThere = (row: DecideRow) => row.kind === "disputed" && row.about === "flow" && row.event === "";

type Doing = Pick<Matter, "open" | "act" | "deed" | "label">;

function doing(row: DecideRow): Doing {
  const look = (open: Way, label: TextKey): Doing => ({ open, act: open, deed: null, label });
  switch (row.kind) {
    case "disputed":
      if (settledThere(row)) return look(plainFlow(row), "decide.act_look");
      return look(row.about === "submission" ? { to: "/submission", search: { id: row.target } } : row.about === "flow" ? plainFlow(row) : "dialog", "decide.act_decide");
    case "submission":
      return { ...look({ to: "/submission", search: { id: row.target } }, "decide.act_accept"), deed: "submission" };
    case "item":
      return { ...look("dialog", "decide.act_acceptItem"), deed: "item" };
    case "flow":
      return { open: plainFlow(row), act: flowAt(row, row.event), deed: null, label: row.event === "accept" ? "decide.act_toAccept" : row.event ? "decide.act_do" : "decide.act_look" };
    case "concern":
      return look({ to: "/concerns", search: { tab: "in", id: row.target } }, row.about === "again" ? "decide.act_reply" : "decide.act_takeIn");
    case "case":
      return row.about !== "passed_up" ? { open: plainFlow(row), act: flowAt(row, "assign"), deed: null, label: "decide.act_assign" } : look(plainFlow(row), "decide.act_look");
    case "answer":
      return look(plainFlow(row), "decide.act_answer");
    case "admission":
      return look("dialog", "decide.act_admit");
    case "transfer":
      return row.about === "to_tell" ? { open: "dialog", act: "dialog", deed: "tell", label: "decide.act_tell" }
        : look("dialog", row.about === "to_recall" ? "decide.act_recall" : row.about === "taken_twice" ? "decide.act_keep" : "decide.act_pass");
    case "join":
      return look({ to: "/org", search: {} }, "decide.act_check");
    case "conflict":
      return look({ to: "/conflicts", search: {} }, "decide.act_choose");
    case "trouble":
      return { ...look({ to: "/sync", search: {} }, retried.includes(row.note) ? "decide.act_retry" : "decide.act_look"), deed: retried.includes(row.note) ? "retry" : null };
    case "alike":
      return look({ to: "/alike", search: { tab: row.about } }, "decide.act_compare");
  }
}

/** What a row is about, in words. */
export function titleOf(texts: Texts, row: DecideRow): string {
  const { t, code, date } = texts;
  switch (row.kind) {
    case "alike":
      return code("decide", row.about);
    case "admission":
      return `${row.title} ${code("stage", row.about)}`;
    case "join":
      return row.about === "device" ? row.title || t("org.newDevice") : row.officeName;
    case "conflict":
      return row.title || code("recordType", row.about);
    case "trouble": {
      const [kind = "", year] = row.title.split(" ");
      return [code("book", kind), year].filter(Boolean).join(" ");
    }
    default:
      return row.about === "submission" ? date(row.title) : row.title;
  }
}

/** The second line of a row: what more is known of it. */
export function factsOf(texts: Texts, row: DecideRow, today: string): string[] {
  const { t, code, date, pair, several } = texts;
  const days = row.since && today ? Math.round((Date.parse(today) - Date.parse(row.since)) / 86_400_000) : 0;
  const since = row.since ? (days > 0 ? t("decide.sinceDays", { date: date(row.since), n: days }) : t("decide.since", { date: date(row.since) })) : "";
  const more = {
    transfer: () => (row.about === "taken_twice" ? t("transfer.onSeveral", { from: row.officeName, places: several(row.note.split(" · ")) }) : t("transfer.dirBelow", { from: row.officeName, place: row.note })),
    conflict: () => pair(code("recordType", row.about), fieldName(texts, row)),
    trouble: () => code("trouble", row.about),
    alike: () => t("decide.pairs", { n: row.count }),
    concern: () => code("category", row.note),
    submission: () => t("decide.rows", { n: row.count }),
  } as const;
  const said = row.kind in more ? more[row.kind as keyof typeof more]() : ["flow", "case", "answer", "item"].includes(row.kind) || row.about === "flow" ? row.note.split(" · ").map((name) => nameOf(texts, name)).join(" · ") : "";
  return [said, since, row.until ? t("decide.until", { date: date(row.until) }) : ""].filter(Boolean);
}

/** The unit that a row is of, where it does not say so itself. */
export function unitOf(row: DecideRow): string {
  return row.kind === "transfer" || (row.kind === "join" && row.about === "office") ? "" : row.officeName;
}

function fieldName({ has, code }: Texts, row: DecideRow): string {
  const plain = row.note.split("/")[0] ?? row.note;
  const known = `${row.about}_${plain}`;
  return has(`recordField.${known}`) ? code("recordField", known) : code("field", plain);
}

export function matterOf(texts: Texts, row: DecideRow): Matter {
  const about = row.about;
  const ofTransfer = about === "to_tell" || about === "to_recall" || about === "taken_twice" ? about : "waiting";
  const special = row.kind === "transfer" ? ofTransfer : settledThere(row) ? "there" : row.kind;
  const name = [row.kind === "join" && row.about === "office" ? "" : row.officeName, titleOf(texts, row)].filter(Boolean).join(" ");
  return { row, name, ...doing(row), otherwise: `decide.else_${special}` };
}
