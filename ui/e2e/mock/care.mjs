// 结对, 慰问, 求助 and talks, as the node answers them.
import { far, late, page, readDate } from "./frame.mjs";
import { Fault, today } from "./state.mjs";

const has = (text, ...fields) => !text || fields.some((field) => String(field ?? "").includes(text));
const lastOf = (state, whom) => state.visits.filter((one) => [one.householdId, one.memberId].includes(whom)).map((one) => one.date).toSorted().at(-1) ?? null;

function subject(state, id) {
  const home = state.households.find((one) => one.id === id);
  const member = state.members.find((one) => one.id === id);
  if (!home && !member) throw new Fault("household_required", {}, "subject");
  return { name: (home ?? member).name, place: home ? home.door : member.group };
}

/** Writes over the record of an id, or makes a new one. */
function put(state, rows, input, row, tag) {
  const id = input.id || state.id(tag);
  const at = rows.findIndex((one) => one.id === id);
  if (at < 0) rows.push({ ...row, id });
  else rows[at] = { ...rows[at], ...row, id };
  state.touch("care", "talk", "household");
  return { id, late: false };
}

const pairing = (state, one) => ({ ...one, name: subject(state, one.household).name, door: subject(state, one.household).place, lastVisit: lastOf(state, one.household) });

export const handlers = {
  "pairing.list": (state, input) => page(state.pairings.map((one) => pairing(state, one))
    .filter((one) => (one.ended !== null) === (input.state === "ended") && has(input.text, one.name, one.cadre)), input),
  "pairing.save": (state, input) => put(state, state.pairings, input, {
    household: input.household, cadre: input.cadre, note: input.note, since: input.since ? readDate(input.since) : today, ended: input.ended ? readDate(input.ended) : null,
  }, "p1"),
  "aid.list": (state, input) => page(state.aids.map((one) => ({ ...one, name: subject(state, one.subject).name })), input),
  "aid.save": (state, input) => {
    if (input.state === "granted" && input.grantedFen === null) throw new Fault("required", {}, "grantedFen");
    const { reason, askedFen, grantedFen, decision } = input;
    const decided = input.state === "asked" ? null : input.decidedOn ? readDate(input.decidedOn) : today;
    return put(state, state.aids, input, { subject: input.subject, on: input.on ? readDate(input.on) : today, reason, askedFen, state: input.state, grantedFen, decision, decidedOn: decided }, "a1");
  },
  "care.list": (state, input) => ({
    occasion: "july_first", day: "2026-07-01", total: state.cares.length,
    rows: state.cares.filter((one) => !input.subject || one.subject === input.subject).slice(0, input.limit || 50).map((one) => {
      const visited = state.visits.some((visit) => visit.occasion === "july_first" && [visit.householdId, visit.memberId].includes(one.subject));
      return { ...one, ...subject(state, one.subject), last: lastOf(state, one.subject), visited };
    }),
  }),
  "care.save": (state, input) => {
    subject(state, input.subject);
    state.cares = state.cares.filter((one) => one.subject !== input.subject);
    if (!input.end) state.cares.push({ id: input.id || state.id("c1"), subject: input.subject, whom: input.whom, reason: input.reason });
    state.touch("care");
    return { id: input.id ?? "", late: false };
  },
  "talk.list": (state, input) => page(state.talks.filter((one) => (!input.state || one.trigger === input.state) && has(input.text, one.with, one.by)).map((one) => ({ ...one, text: "", followUp: "" })), input),
  "talk.get": (state, input) => {
    const one = state.talks.find((row) => row.id === input.id);
    if (!one) throw new Fault("not_found", { id: input.id });
    return one;
  },
  "talk.save": (state, input) => {
    const whom = input.member ?? input.household;
    const { member, household, trigger, by, place, text, followUp } = input;
    const date = readDate(input.date);
    far(date, input, "date");
    state.talkDue = state.talkDue.filter((one) => one.member !== member);
    return put(state, state.talks, input, { date, trigger, with: whom ? subject(state, whom).name : input.name, member, household, by, place, text, followUp, late: late(date), custodian: false, conflict: false }, "t1");
  },
  "talk.due": (state) => state.talkDue,
  "household.get": (state, { id }) => {
    const home = state.households.find((one) => one.id === id);
    if (!home) throw new Fault("not_found", { id });
    const visits = state.visits.filter((one) => one.householdId === id);
    const pairings = state.pairings.filter((one) => one.household === id).map((one) => pairing(state, one));
    const events = [
      ...visits.map((one) => ({ date: one.date, kind: one.kind === "consolation" ? "consolation" : "visit", text: [one.participants.join("、"), one.situationText].filter(Boolean).join(" · "), state: one.occasion ?? "", record: one.id })),
      ...state.concerns.filter((one) => visits.some((visit) => visit.id === one.visit)).map((one) => ({ date: one.date, kind: "concern", text: one.text, state: one.state, record: one.id })),
      ...pairings.map((one) => ({ date: one.since, kind: "pairing", text: one.cadre, state: "since", record: one.id })),
      ...state.aids.filter((one) => one.subject === id).map((one) => ({ date: one.on, kind: "aid", text: one.reason, state: "asked", record: one.id })),
    ];
    return { row: home, events: events.toSorted((a, b) => b.date.localeCompare(a.date)), pairings };
  },
};

const talkRule = { id: "must_talk", text: "党支部应当经常开展谈心谈话,每年一般不少于1次。", citation: "《中国共产党支部工作条例(试行)》第十九条", version: "2026-01" };

/** Some of each, for the screens. */
export function seedCare(state) {
  const [first, second, third] = state.households;
  state.pairings.push({ id: "p10001", household: first.id, cadre: "王甲一", note: "独居", since: "2026-01-05", ended: null }, { id: "p10002", household: second.id, cadre: "李乙二", note: "", since: "2026-02-01", ended: null });
  state.aids.push({ id: "a10001", subject: third.id, on: "2026-02-10", reason: "住院花费大", askedFen: 300000, state: "granted", grantedFen: 200000, decision: "支委会同意", decidedOn: "2026-02-15" });
  state.cares.push({ id: "c10001", subject: first.id, whom: "household", reason: "独居" }, { id: "", subject: state.members[0].id, whom: "old_member", reason: "" });
  state.talks.push({ id: "t10001", date: "2026-03-02", trigger: "difficulty", with: state.members[3].name, member: state.members[3].id, household: null, by: "王甲一", place: "村部", text: "了解家里情况", followUp: "", late: false, custodian: false, conflict: false });
  state.talkDue.push({ member: state.members[5].id, name: state.members[5].name, post: "organization", since: "2026-03-10", rule: talkRule }, { member: state.members[7].id, name: state.members[7].name, post: "", since: "", rule: talkRule });
}
