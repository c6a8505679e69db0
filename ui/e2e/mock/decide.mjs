// 待我决定 and 疑似重复, from what the other parts of the stand-in hold.
import { handlers as flow } from "./flow.mjs";
import { handlers as members } from "./members.mjs";
import { undecided } from "./month.mjs";
import { Fault, today } from "./state.mjs";
import { handlers as trust } from "./trust.mjs";

const row = (kind, about, target, part) => ({ id: `${kind}/${about}/${target}`, kind, about, target, officeName: "", title: "", note: "", since: null, until: null, overdue: false, count: 0, digest: "", event: "", ...part });

async function waiting(state) {
  const rows = [];
  const told = undecided(state);
  for (const card of told.submissions) {
    const kind = card.disputed ? "disputed" : "submission";
    rows.push(row(kind, "submission", card.id, { officeName: card.officeName, title: card.month, since: card.on, count: card.count, digest: "9f31c2aa70e1b2c3d4" }));
  }
  for (const item of told.items) rows.push(row(item.disputed ? "disputed" : "item", "item", item.id, { officeName: item.officeName, title: item.title, note: item.person, since: "2026-03-10", until: item.deadline }));
  const matters = (await flow["flow.list"](state, { below: true, flows: [], states: [], counts: [], notCounts: [], offset: 0, limit: 500 })).rows;
  const mine = (await flow["flow.list"](state, { desk: true, below: false, flows: [], states: [], counts: [], notCounts: [], offset: 0, limit: 500 })).rows;
  const handled = new Set(mine.map((one) => one.source));
  const waits = (one) => ["handed_in", "in_progress"].includes(one.state) && one.answers.length === 0 && !handled.has(one.id);
  for (const one of state.below.filter(waits)) rows.push(row("concern", "new", one.id, { officeName: one.officeName, title: one.text.slice(0, 40), note: one.category, since: one.date, until: one.deadline, overdue: Boolean(one.deadline) && one.deadline < today }));
  const known = new Map([...matters, ...mine].map((one) => [one.id, one]));
  const matter = (kind, about, id, part) => known.has(id) && rows.push(row(kind, about, id, { officeName: known.get(id).sourceOfficeName || known.get(id).officeName, title: known.get(id).title, note: `${known.get(id).flowName} · ${known.get(id).stateName}`, since: "2026-03-12", ...part }));
  matter("disputed", "flow", "fb0000", { event: "stand", until: "2026-03-15", overdue: true });
  matter("flow", "rectification", "fb0001", { event: "accept" });
  matter("case", "taken_in", "fa0002", { until: "2026-03-31", since: "2026-03-16" });
  matter("answer", "answer", "fa0000", { until: "2026-04-02", since: "2026-03-16" });
  for (const one of members["admission.cases"](state)) rows.push(row("admission", one.code, one.step, { officeName: one.officeName, title: one.name, since: one.asked, until: one.latest, overdue: one.overdue }));
  for (const one of members["transfer.waiting"](state)) if (["waiting", "declined", "to_tell", "to_recall", "taken_twice"].includes(one.state)) {
    const note = one.state === "taken_twice" ? one.holders.map((holder) => holder.name).join(" · ") : one.to ?? one.place;
    rows.push(row("transfer", one.state, one.id, { officeName: one.from, title: one.name, note, since: one.on }));
  }
  for (const one of state.pending) rows.push(row("join", one.invites, one.id, { officeName: one.officeName, title: one.holder ?? "", since: one.askedOn }));
  for (const one of state.conflicts) rows.push(row("conflict", one.recordType, one.record, { id: `conflict/${one.record}/${one.field}`, officeName: state.offices[0].name, title: one.title, note: one.field, since: one.values[0]?.on ?? null }));
  for (const one of trust["sync.troubles"](state)) rows.push(row("trouble", one.reason, one.book, { id: `trouble/${one.reason}/${one.book}/${one.device}`, officeName: one.office, title: [one.kind, one.year].filter(Boolean).join(" "), note: one.remedy, since: one.firstOn, count: one.count }));
  for (const kind of ["members", "concerns", "cases"]) {
    const count = open(state, kind).length;
    if (count > 0) rows.push(row("alike", kind, kind, { count }));
  }
  return rows;
}

const order = ["disputed", "submission", "item", "flow", "concern", "case", "answer", "admission", "transfer", "join", "conflict", "trouble", "alike"];

function side(id, office, title, part) {
  return { id, office: `b000${office}`, officeName: ["甲村党支部", "乙村党支部", "丙村党支部"][office], title, text: "", category: "", on: "", birthMonth: "", sex: null, together: 1, gone: false, ...part };
}

function seed() {
  const member = { category: "full", sex: 1, birthMonth: "1980-05", on: "2008-07-01" };
  const pair = (one, other, why, points) => ({ id: `${one.id}-${other.id}`, one, other, why, points });
  return {
    members: [
      pair(side("aa01", 0, "赵晓明", member), side("aa02", 1, "赵小明", { ...member, on: "2008-07" }), ["sound", "birth_month", "joined"], 8),
      pair(side("aa03", 0, "钱桂英", { ...member, sex: 2, birthMonth: "1962-11" }), side("aa04", 2, "钱桂英", { ...member, sex: 2, birthMonth: "1962-01" }), ["name", "near_birth_month", "joined"], 6),
    ],
    concerns: [pair(side("bb01", 0, "青柳路路灯坏了三盏,晚上出行不便,希望尽快维修", { category: "roads", on: "2026-03-01" }), side("bb02", 1, "青柳路三盏路灯坏了,晚上出行不便,希望维修", { category: "water", on: "2026-03-09" }), ["text"], 760)],
    cases: [],
    groups: [],
  };
}

const kept = (state) => (state.alike ??= seed());
const open = (state, kind) => kept(state)[kind].filter((pair) => !kept(state).groups.some((group) => !group.undone && group.ids.includes(pair.one.id) && group.ids.includes(pair.other.id)));

function sides(state, kind, ids) {
  const all = kept(state)[kind].flatMap((pair) => [pair.one, pair.other]);
  return ids.map((id) => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new Fault("not_found", { id }, "parts");
    return found;
  });
}

const cut = (rows, input) => ({ total: rows.length, rows: rows.slice(input.offset ?? 0, (input.offset ?? 0) + (input.limit || 50)) });

export const handlers = {
  "decide.list": async (state, input) => {
    let all = state.nothingWaits ? [] : await waiting(state);
    if (state.manyWaiting) all = Array.from({ length: state.manyWaiting }, (_, n) => row("submission", "submission", `50cc${n}`, { officeName: `第${n + 1}村党支部`, title: "2026-02", since: "2026-03-01", count: 12, digest: "9f31" }));
    all.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    const kinds = order.map((kind) => ({ kind, count: all.filter((one) => one.kind === kind).length })).filter((one) => one.count > 0);
    const wanted = all.filter((one) => !input.kind || one.kind === input.kind);
    return { waiting: all.filter((one) => one.kind !== "alike").length, kinds, ...cut(wanted, input) };
  },
  "alike.list": (state, input) => ({ ...cut(open(state, input.kind).filter((pair) => !input.office || [pair.one.office, pair.other.office].includes(input.office)), input), compared: 162, leftOut: 0, since: input.kind === "members" ? null : "2025-02-11" }),
  "alike.preview": (state, input) => {
    const parts = sides(state, input.kind, input.parts);
    const offices = parts.map((one) => ({ office: one.office, name: one.officeName, count: 1 }));
    const differs = (name, of) => (new Set(parts.map(of)).size > 1 ? [name] : []);
    const person = input.kind === "members";
    return {
      main: parts.find((one) => one.id === input.main), parts, before: parts.length, after: 1, offices, answers: person ? [] : offices, again: false,
      categories: person ? [] : [...new Set(parts.map((one) => one.category))].filter((_, __, all) => all.length > 1),
      differs: person ? [...differs("name", (one) => one.title), ...differs("birth_month", (one) => one.birthMonth), ...differs("joined", (one) => one.on)] : [],
    };
  },
  "alike.merge": (state, input) => {
    const id = state.id("d9");
    kept(state).groups.push({ id, kind: input.kind, apart: false, undone: false, ids: input.parts, main: input.main, note: input.note });
    state.touch("alike");
    return { id, late: false };
  },
  "alike.apart": (state, input) => {
    kept(state).groups.push({ id: state.id("d9"), kind: input.kind, apart: true, undone: false, ids: [input.one, input.other], main: "", note: "" });
    state.touch("alike");
  },
  "alike.undo": (state, input) => {
    const group = kept(state).groups.find((one) => one.id === input.id);
    if (!group) throw new Fault("not_found", { id: input.id });
    group.undone = true;
    state.touch("alike");
  },
  "alike.groups": (state, input) => cut(kept(state).groups.filter((group) => group.kind === input.kind && group.apart === input.apart && !group.undone).map((group) => ({
    id: group.id, main: group.main, count: group.ids.length, parts: sides(state, input.kind, group.ids).map((one) => ({ ...one, together: group.apart ? 1 : group.ids.length })), on: today, person: "王甲一", note: group.note,
  })), input),
};
