// Plan, votes, appraisal, hours, village matters, sessions entered twice: as the node answers, in its simplest form.
import { Fault, session, today } from "./state.mjs";
import { far, late, page, readDate } from "./frame.mjs";
import { checkText } from "./visit.mjs";
import { find, row } from "./meeting.mjs";

const rule = (id, text) => ({ id, version: "2026.1", citation: "《中国共产党支部工作条例(试行)》", text });
const monthly = ["committee_meeting", "group_meeting", "theme_day", "study_day"];
const quarterly = ["members_meeting", "lesson"];
const nothing = {};

function byId(rows, id) {
  const one = rows.find((known) => known.id === id);
  if (!one) throw new Fault("not_found", { id });
  return one;
}

const drop = (rows) => (state, input) => {
  byId(state[rows], input.id).dropped = input.dropped;
  state.touch("session");
  return nothing;
};

function slots(state) {
  const groups = [...new Set(state.members.map((one) => one.group))];
  const periods = (kind) => monthly.includes(kind)
    ? Array.from({ length: 12 }, (_, n) => ({ period: `2026-${String(n + 1).padStart(2, "0")}`, months: [n + 1] }))
    : quarterly.includes(kind) ? [1, 2, 3, 4].map((n) => ({ period: `2026-Q${n}`, months: [n * 3 - 2, n * 3 - 1, n * 3] }))
      : [{ period: "2026", months: Array.from({ length: 12 }, (_, n) => n + 1) }];
  return [...quarterly, ...monthly, "organization_life", "appraisal"].flatMap((kind) =>
    (kind === "group_meeting" ? groups : [""]).flatMap((group) => periods(kind).map(({ period, months }) => {
      const within = (one) => one.kinds.includes(kind) && (!group || one.group === group) && months.includes(Number(one.date.slice(5, 7)));
      const held = state.sessions.filter((one) => !one.mergedInto && within(one) && one.date <= today).map((one) => one.id);
      const planned = state.planned.filter((one) => !one.dropped && !one.session && within(one)).map((one) => one.id);
      const over = Math.max(...months) < 3;
      const day = `2026-${String(Math.max(...months)).padStart(2, "0")}-20`;
      return { kind, group, period, held, planned, state: held.length ? "held" : planned.length ? "planned" : over ? "none" : "open", suggested: over ? null : day, rule: "frequency" };
    })));
}

/** The light and what comes out, by the same numbers as the node's rule for each kind of vote. */
function judged(state, input) {
  const one = find(state, input.session);
  const settled = input.rule === "election" && input.consent !== "" && input.approved;
  const voters = one.roll.filter((person) => person.votes);
  const named = (person, reason = "") => ({ member: person.member, name: person.name, reason });
  const left = voters.filter((person) => person.mark !== "present" && input.excluded.some((other) => other.member === person.member))
    .map((person) => named(person, input.excluded.find((other) => other.member === person.member).reason));
  const due = voters.length - (settled ? left.length : 0);
  const present = voters.filter((person) => person.mark === "present").length;
  const written = input.rule === "admission" ? (input.writtenFor ?? 0) + (input.writtenAgainst ?? 0) : 0;
  const half = Math.floor(due / 2) + 1;
  const neededToOpen = input.rule === "election" ? Math.ceil((due * 4) / 5) : input.rule === "admission" ? half : Math.ceil(due / 2);
  const light = due === 0 || present < neededToOpen ? "red" : present + written < half ? "yellow" : "green";
  const verdict = (choice) => {
    const total = (choice.inFavour ?? 0) + (input.rule === "admission" ? (input.writtenFor ?? 0) : 0);
    const word = choice.inFavour === null ? "open" : light === "red" ? "no_quorum" : total >= half ? "passed" : "not_passed";
    return { ...choice, inFavourAll: total, verdict: word };
  };
  return {
    ...input, choices: input.choices.map(verdict), excluded: left, dropped: input.dropped ?? false, custodian: false, conflict: false,
    quorum: {
      rollOfOther: false, light, due, present, written, neededToOpen, neededToPass: half,
      missing: voters.filter((person) => person.mark !== "present" && !(settled && left.some((other) => other.member === person.member))).map((person) => named(person)),
      excluded: settled ? left : [], notExcludedYet: settled ? [] : left,
      noVote: one.roll.filter((person) => !person.votes).map((person) => named(person, "probationary")),
      rule: rule(input.rule, "有表决权的党员半数以上到会可以开会;赞成人数超过应到会有表决权党员的半数为通过。"),
    },
  };
}

const trainings = (state) => state.trainings.map((one) => ({ ...one, names: one.members.map((id) => state.members.find((known) => known.id === id).name) }));

function hoursRow(state, one) {
  const here = (other) => other.roll.some((person) => person.member === one.id && person.mark === "present");
  const sessions = state.sessions.filter((other) => other.hours && here(other)).reduce((sum, other) => sum + other.hours, 0);
  const trained = state.trainings.filter((other) => !other.dropped && other.members.includes(one.id));
  const training = trained.reduce((sum, other) => sum + other.hours, 0);
  const concentrated = trained.filter((other) => other.concentrated).length;
  const leads = one.posts.length > 0;
  const [wanted, wantedConcentrated] = leads ? [560, 1] : [320, 0];
  return { id: one.id, name: one.name, group: one.group, leads, sessions, training, concentrated, wanted, wantedConcentrated, reached: sessions + training >= wanted && concentrated >= wantedConcentrated };
}

const steps = ["proposal", "consultation", "members_review", "villagers_resolution", "resolution_published", "result_published"];
const linkOf = (state, id) => {
  const one = state.sessions.find((known) => known.id === id);
  return one ? { id: one.id, kinds: one.kinds, date: one.date, topic: one.topic } : null;
};
function matterRow(state, one) {
  const rows = steps.map((step) => {
    const done = one.steps[step];
    const votes = step === "members_review" || step === "villagers_resolution";
    const counted = votes && done && done.present !== null && done.inFavour !== null;
    const needed = counted ? Math.ceil((done.present * 2) / 3) : null;
    return { step, on: done?.on ?? null, note: done?.note ?? "", present: done?.present ?? null, inFavour: done?.inFavour ?? null, session: linkOf(state, done?.session), needed, carried: counted ? done.inFavour >= needed : null, outOfOrder: false, votes };
  });
  return { ...one, steps: rows, done: rows.filter((step) => step.on !== null).length, rule: rule("village_matter", "审议和决议以到会人数三分之二以上赞成为通过。") };
}

function appraisal(state, id) {
  const one = find(state, id);
  const rows = one.roll.map((person) => ({ member: person.member, name: person.name, group: person.group, full: person.votes, grade: one.grades?.[person.member] ?? null, conflict: false }));
  const full = rows.filter((other) => other.full).length;
  const excellent = rows.filter((other) => other.grade === "excellent").length;
  const most = Math.floor(full / 3);
  return { session: id, rows, full, excellent, most, over: excellent > most, rule: rule("appraisal_excellent", "优秀等次一般不超过正式党员的三分之一。") };
}

function twice(state) {
  const live = state.sessions.filter((one) => !one.mergedInto);
  const pairs = [];
  live.forEach((one, n) => live.slice(n + 1).forEach((other) => {
    const apart = state.apart.some(([a, b]) => a === one.id && b === other.id);
    if (apart || one.date !== other.date || !one.kinds.some((kind) => other.kinds.includes(kind))) return;
    const only = (there, here) => [["marks", there.roll.filter((person) => person.mark !== "unconfirmed").length], ["minutes", there.minutes && !here.minutes ? 1 : 0]].filter(([what, count]) => count > 0 && (what !== "marks" || here.roll.every((person) => person.mark === "unconfirmed"))).map(([what, count]) => ({ what, count }));
    pairs.push({ onlyOne: only(one, other), onlyOther: only(other, one), one: row(one), oneBy: { by: "王甲一", on: one.date }, other: row(other), otherBy: { by: "李乙二", on: other.date }, why: one.topic === other.topic ? ["day_and_kind", "topic"] : ["day_and_kind"] });
  }));
  return pairs;
}

/** What goes back when a merge is taken back: the minutes, where they came from there. */
function back(state, other) {
  const kept = find(state, other.mergedInto);
  const field = (name, standing, part) => ({ field: name, subject: null, was: [""], now: [String(kept[name])], standing, sealed: false, ...part });
  const marks = state.members.slice(0, 8).map((person) => field(`mark/${person.id}`, "free", { subject: person.name, was: ["unconfirmed"], now: ["present"] }));
  const fields = other.minutes && kept.minutes === other.minutes ? [...marks, field("minutes", "free"), field("place", "changed", { was: ["村部"], now: ["祠堂"] })] : [];
  const vote = { record: "fe0001", recordType: "vote", title: "2026-03-03 年度计划", what: "fields", fields: [field("ref", "free", { was: [other.id], now: [kept.id] }), field("date", "free", { now: [kept.date] })] };
  return fields.length === 0 ? [] : [{ record: kept.id, recordType: "session", title: `${kept.date} ${kept.topic}`, what: "fields", fields }, vote];
}

export const handlers = {
  "meeting.plan": (state) => ({ year: 2026, slots: slots(state), planned: state.planned.toSorted((a, b) => a.date.localeCompare(b.date)), rules: [rule("frequency", "党员大会一般每季度召开1次。")] }),
  "meeting.planned": (state, input) => page(state.planned.toSorted((a, b) => a.date.localeCompare(b.date)), input),
  "meeting.plan_save": (state, input) => {
    const made = input.entries.map((entry, at) => {
      checkText(state, `entries.${at}.topic`, entry.topic, input.keepMatches);
      if (entry.kinds.length === 0) throw new Fault("required", {}, `entries.${at}.kinds`);
      return { ...entry, id: state.id("fa"), date: readDate(entry.date), session: null, dropped: false, custodian: false, conflict: false };
    });
    input.entries.forEach((entry, at) => {
      const known = state.planned.find((one) => one.id === entry.id);
      if (known) Object.assign(known, { date: made[at].date, topic: entry.topic, lead: entry.lead });
      else state.planned.push(made[at]);
    });
    state.touch("session");
    return made.map((one) => ({ id: one.id, late: false }));
  },
  "meeting.plan_drop": drop("planned"),
  "meeting.plan_hold": (state, input) => {
    const planned = byId(state.planned, input.id);
    if (!input.session) state.sessions.push(session(state, (planned.session = state.id("ff")), planned.kinds, planned.date, planned.topic, false));
    else planned.session = input.session;
    state.touch("session");
    return { id: planned.session, late: false };
  },
  "meeting.tasks": (state, input) => state.items.filter((one) => one.session?.id === input.id),
  "meeting.resolve": (state, input) => {
    const made = input.items.map((item, at) => {
      for (const field of ["title", "person", "deadline"]) if (!item[field].trim()) throw new Fault("required", {}, `items.${at}.${field}`);
      return {
        id: state.id("aa"), office: "b0000001", officeName: "某街道甲村党支部", title: item.title, origin: "own", measure: "", problem: "", leader: "", person: item.person, deadline: readDate(item.deadline),
        state: "open", progress: [], decisions: [], overdue: false, late: false, custodian: false, conflict: false, session: linkOf(state, input.session),
      };
    });
    state.items.push(...made);
    state.touch("checklist", "session");
    return made.map((one) => ({ id: one.id, late: false }));
  },
  "meeting.twice": twice,
  "meeting.merge": (state, input) => {
    const [kept, other] = [find(state, input.keep), find(state, input.merge)];
    other.mergedInto = input.keep;
    if (input.take) {
      kept.minutes ||= other.minutes;
      for (const person of kept.roll) if (person.mark === "unconfirmed") person.mark = other.roll.find((known) => known.member === person.member)?.mark ?? person.mark;
    }
    state.touch("session");
    return nothing;
  },
  "meeting.unmerge_preview": (state, input) => ({ records: back(state, find(state, input.id)), seen: "u1" }),
  "meeting.unmerge": (state, input) => {
    if (input.seen && input.seen !== "u1") throw new Fault("changed_since");
    const other = find(state, input.id);
    const kept = find(state, other.mergedInto);
    for (const one of back(state, other).flatMap((record) => record.fields)) if (one.standing === "free" && one.field in kept) kept[one.field] = one.was[0] ?? "";
    other.mergedInto = null;
    state.touch("session");
    return nothing;
  },
  "meeting.apart": (state, input) => {
    state.apart.push([input.one, input.other]);
    state.touch("session");
    return nothing;
  },
  "vote.list": (state, input) => state.votes.filter((one) => one.session === input.id).map((one) => judged(state, one)),
  "vote.check": judged,
  "vote.save": (state, input) => {
    if (!input.subject) throw new Fault("required", {}, "subject");
    if (input.returned !== null && input.issued !== null && input.returned > input.issued) throw new Fault("ballots_exceed", { returned: input.returned, issued: input.issued }, "returned");
    const saved = { ...input, id: input.id ?? state.id("fe") };
    state.votes = [...state.votes.filter((one) => one.id !== saved.id), saved];
    state.touch("session");
    return { id: saved.id, late: false };
  },
  "vote.drop": drop("votes"),
  "appraisal.get": (state, input) => appraisal(state, input.id),
  "appraisal.save": (state, input) => {
    const one = find(state, input.id);
    one.grades = { ...one.grades, ...Object.fromEntries(input.grades.map(({ member, grade }) => [member, grade])) };
    state.touch("session");
    return appraisal(state, input.id);
  },
  "training.table": (state) => ({
    year: 2026, rows: state.members.filter((one) => !one.leftOn).map((one) => hoursRow(state, one)), total: state.members.filter((one) => !one.leftOn).length,
    entries: trainings(state),
    rule: rule("hours", "党员每年集中学习培训时间一般不少于32学时;书记和班子成员不少于56学时,至少参加1次集中培训。"),
  }),
  "training.list": (state, input) => page(trainings(state), input),
  "training.save": (state, input) => {
    if (input.members.length === 0) throw new Fault("required", {}, "members");
    const date = readDate(input.date);
    far(date, input, "date");
    const saved = { ...input, id: input.id ?? state.id("fb"), date, dropped: false, late: late(date), custodian: false, conflict: false };
    state.trainings = [...state.trainings.filter((one) => one.id !== saved.id), saved];
    state.touch("session");
    return { id: saved.id, late: saved.late };
  },
  "training.drop": drop("trainings"),
  "matter.list": (state) => state.matters.map((one) => matterRow(state, one)),
  "matter.get": (state, input) => matterRow(state, byId(state.matters, input.id)),
  "matter.save": (state, input) => {
    if (!input.title) throw new Fault("required", {}, "title");
    const made = { id: state.id("fc"), title: input.title, date: today, dropped: false, custodian: false, conflict: false, steps: {} };
    state.matters.push(made);
    state.touch("session");
    return { id: made.id, late: false };
  },
  "matter.step": (state, input) => {
    const one = byId(state.matters, input.id);
    if (input.on === "") delete one.steps[input.step];
    else one.steps[input.step] = { on: readDate(input.on), note: input.note, present: input.present, inFavour: input.inFavour, session: input.session };
    state.touch("session");
    return nothing;
  },
  "matter.drop": drop("matters"),
  "conflict.texts": (state) => state.texts,
  "conflict.text_seen": (state, input) => {
    state.texts = state.texts.filter((one) => one.record !== input.record || one.field !== input.field);
    state.touch("conflict");
    return nothing;
  },
};
