import type { DraftRow } from "../../api/generated/DraftRow";
import type { TextKey } from "../../locales";

export interface Form {
  to: string;
  label: TextKey;
  /** The list in which its dialog stands. */
  tab?: string;
}

const none: Record<string, string> = {};

/** Dialogs that open from a line of a list: where the line is. `of` reads the draft's key. */
const lists: Record<string, { to: string; label: TextKey; of: (id: string, more: string) => Record<string, string> }> = {
  talk: { to: "/visits", label: "today.formTalk", of: (id) => ({ tab: "talks", ...(id === "new" ? { draft: "new" } : id === "member" ? {} : { id }) }) },
  pairing: { to: "/visits", label: "today.formPairing", of: () => ({ tab: "pairings" }) },
  aid: { to: "/visits", label: "today.formAid", of: () => ({ tab: "consolation" }) },
  care: { to: "/visits", label: "today.formCare", of: () => ({ tab: "consolation" }) },
  concern_plan: { to: "/visits", label: "today.formConcern", of: (id) => ({ tab: "concerns", id }) },
  concern_progress: { to: "/visits", label: "today.formConcern", of: (id) => ({ tab: "concerns", id }) },
  concern_add: { to: "/visit", label: "today.formConcern", of: (id) => ({ id, draft: "concern" }) },
  answer: { to: "/concerns", label: "today.formAnswerBelow", of: (id) => ({ id }) },
  assess_year: { to: "/dues", label: "today.formAssessYear", of: () => ({ tab: "standard" }) },
  relief: { to: "/dues", label: "today.formRelief", of: () => ({ tab: "standard" }) },
  payment: { to: "/dues", label: "today.formPayment", of: () => ({ tab: "collect" }) },
  appraisal: { to: "/appraisal", label: "today.formAppraisal", of: (id) => ({ id }) },
  vote: { to: "/vote", label: "today.formVote", of: (session, id) => ({ session, ...(id === "new" ? {} : { id }) }) },
  plan: { to: "/meeting-plan", label: "today.formPlan", of: () => ({}) },
  progress: { to: "/checklists", label: "today.formProgress", of: (id, tab) => ({ id, tab }) },
  planned: { to: "/meeting-plan", label: "today.formPlanned", of: (id) => ({ id }) },
  training: { to: "/training", label: "today.formTraining", of: (id) => (id === "new" ? { ...none, draft: "new" } : { ...none, id }) },
  tasks: { to: "/meeting", label: "today.formTasks", of: (id) => ({ id, draft: "tasks" }) },
  matter_step: { to: "/matter", label: "today.formMatterStep", of: (id, step) => ({ id, draft: step }) },
  template: { to: "/templates", label: "today.formTemplate", of: (id, every) => ({ draft: `${id} ${every}` }) },
  remit: { to: "/dues", label: "today.formRemit", of: () => ({ tab: "remit", draft: "new" }) },
  assess: { to: "/dues", label: "today.formAssess", of: (id) => ({ tab: "standard", id }) },
  common_put: { to: "/common", label: "today.formCommonPut", of: () => ({}) },
  interview_plan: { to: "/interviews", label: "today.formInterviewPlan", of: (month) => ({ id: month }) },
  answer_back: { to: "/case", label: "today.formAnswerBack", of: (id) => ({ id }) },
  item_accept: { to: "/checklists", label: "today.formItemAccept", of: (id) => ({ tab: "rectification", id, draft: "accept" }) },
  make_items: { to: "/templates", label: "today.formMakeItems", of: (_, period) => (period.length === 4 ? { id: period } : none) },
};

const forms: Record<string, Form> = {
  visit: { to: "/visit", label: "today.formVisit" },
  meeting: { to: "/meeting", label: "today.formMeeting" },
  member: { to: "/member", label: "today.formMember" },
  item: { to: "/item", label: "today.formItem" },
  dispatch: { to: "/dispatch", label: "today.formDispatch" },
  rules: { to: "/rules", label: "today.formRules" },
  mobile: { to: "/members", label: "today.formMobile", tab: "mobile" },
  contact: { to: "/members", label: "today.formContact", tab: "mobile" },
  applicant: { to: "/applicant", label: "today.formApplicant", tab: "admission" },
  admission: { to: "/applicant", label: "today.formAdmission", tab: "admission" },
  transfer: { to: "/members", label: "today.formTransfer", tab: "transfer" },
  accept: { to: "/members", label: "today.formTransfer", tab: "transfer" },
  decline: { to: "/members", label: "today.formTransfer", tab: "transfer" },
  term: { to: "/members", label: "today.formTerm", tab: "term" },
  post: { to: "/members", label: "today.formPost", tab: "term" },
  fund: { to: "/members", label: "today.formFund", tab: "term" },
  case: { to: "/decide", label: "today.formCase" },
  flow: { to: "/flow", label: "today.formFlow" },
  flow_open: { to: "/flows", label: "today.formFlowOpen" },
  case_accept: { to: "/concerns", label: "today.formAccept" },
  case_pass: { to: "/case", label: "today.formPass" },
  case_answer: { to: "/case", label: "today.formAnswer" },
};

/** Where a draft goes on. A dialog's stands in its list; a new one opens at once. */
export function whereOf(draft: DraftRow, form: Form): { to: string; search: Record<string, string> } {
  const list = lists[draft.form];
  if (list) {
    const [id = "", more = ""] = draft.key.split(" ");
    return { to: list.to, search: list.of(id, more) };
  }
  const acts = whereOfAct(draft);
  if (acts) return { to: form.to, search: acts };
  if (form.tab === undefined) return { to: form.to, search: form.to === "/decide" ? {} : searchOf(draft.key) };
  // A step's draft is the applicant's and the step's.
  if (form.to === "/applicant" && draft.key !== "new") return { to: form.to, search: { id: draft.key.split(" ")[0] ?? "" } };
  if (draft.form === "transfer" && draft.key !== "new") return { to: form.to, search: { tab: form.tab, id: draft.key } };
  const opens: Record<string, string> = draft.key !== "new" ? {} : { draft: form.tab === "term" ? draft.form : "new" };
  return { to: "/members", search: { tab: form.tab, ...opens } };
}

/** A matter's drafts go on in the dialog where they were left. */
function whereOfAct({ form, key }: DraftRow): Record<string, string> | null {
  const [id = "", event = ""] = key.split(" ");
  switch (form) {
    case "flow":
      return { id, draft: event };
    case "case_pass":
      return { id, draft: "pass" };
    case "case_answer":
      return { id, draft: "answer" };
    case "flow_open":
      return { tab: key, draft: "new" };
    case "case_accept":
      return key === "new" ? { draft: "new" } : { id: key };
    default:
      return null;
  }
}

/** Where a draft goes on: a new record, one of an evening or about somebody, or one that is changed. */
function searchOf(key: string): Record<string, string> {
  const [, what, id] = /^(table|subject):(.+)$/.exec(key) ?? [];
  if (what && id) return what === "table" ? { table: id } : { subject: id };
  return key === "new" ? {} : { id: key };
}

/** The year of the books in which a draft was typed, where its screen follows the year that is chosen. */
export function yearOf({ form, key }: DraftRow): number | null {
  const year = form === "remit" || form === "assess_year" ? key : form === "assess" ? key.split(" ")[1] : undefined;
  return year !== undefined && /^\d{4}$/.test(year) ? Number(year) : null;
}

/** What kind of form a draft is of; none for one that no screen keeps. */
export const formOf = (draft: DraftRow): Form | undefined => forms[draft.form] ?? lists[draft.form];
