import type { SearchHit } from "../api/generated/SearchHit";

export interface Target {
  to: string;
  search: Record<string, string>;
}

/** Where a record is opened. What is another office's opens in the merged ledgers, with its title as the filter. */
export function targetOf(hit: SearchHit): Target {
  const { target: id, title } = hit;
  // Matters are opened where they stand, whoever's they are.
  if (hit.targetType === "flow_item") return { to: "/flow", search: { id } };
  if (hit.officeName !== "") return { to: "/merged", search: { ledger: ledgerOf(hit.targetType), text: title.replaceAll("…", "") } };
  switch (hit.targetType) {
    case "visit":
      return { to: "/visit", search: { id } };
    case "concern":
    case "kept_concern":
      return { to: "/visits", search: { tab: "concerns", id } };
    case "household":
      return { to: "/visits", search: { tab: "household", text: title.split(" ")[0] ?? "" } };
    case "session":
      return { to: "/meeting", search: { id } };
    case "member":
      return ["member", "member_private"].includes(hit.rtype) ? { to: "/member", search: { id } } : { to: "/dues", search: { tab: "collect" } };
    case "applicant":
      return { to: "/applicant", search: { id } };
    case "mobile":
    case "contact":
      return { to: "/members", search: { tab: "mobile" } };
    case "transfer_out":
    case "transfer_pass":
    case "transfer_word":
      return { to: "/members", search: { tab: "transfer" } };
    case "term":
    case "office_post":
    case "fund":
      return { to: "/members", search: { tab: "term" } };
    case "item":
      return { to: "/item", search: { id } };
    case "dispatched_item":
      return { to: "/checklists", search: { tab: "superior", text: title.replaceAll("…", "") } };
    case "vote":
      return { to: "/vote", search: { id } };
    case "matter":
      return { to: "/matter", search: { id } };
    case "training":
      return { to: "/training", search: {} };
    case "planned_session":
      return { to: "/meeting-plan", search: {} };
    case "talk":
    case "talk_note":
      return { to: "/visits", search: { tab: "talks" } };
    case "aid":
    case "care":
      return { to: "/visits", search: { tab: "consolation" } };
    case "pairing":
      return { to: "/visits", search: { tab: "pairings" } };
    case "item_template":
      return { to: "/templates", search: {} };
    case "submission":
    case "submission_step":
    case "closing":
      return { to: "/month", search: {} };
    case "dues_remittance":
      return { to: "/dues", search: { tab: "remit" } };
    case "rule_pack":
      return { to: "/dues", search: { tab: "standard" } };
    default:
      return { to: "/", search: {} };
  }
}

function ledgerOf(type: string): string {
  switch (type) {
    case "session":
      return "meetings";
    case "member":
    case "dues_payment":
    case "dues_assessment":
      return "dues";
    case "item":
    case "dispatched_item":
      return "checklists";
    case "concern":
      return "concerns";
    default:
      return "visits";
  }
}
