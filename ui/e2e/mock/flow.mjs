// Matters of flows: a case with everything on it, a rectification at both sides, and the calls of their screens.
import { Fault, today } from "./state.mjs";

export const value = (id, name, counts) => ({ id, name, counts });
export const state = (id, name, counts, deadline = "", end = false) => ({ id, name, counts, deadline, end });
export const event = (id, name, by, moves, needs = [], more = {}) => ({ id, name, by, moves, needs, may: [], values: [], ...more });
export const deadline = (id, name, from, more = {}) => ({ id, name, from, months: null, days: null, given: true, repeats: false, citation: "群工系统:受理、交办、办理、反馈、评价,可上交、下交", ...more });
const open = ["accepted", "open"];

export const templates = [
  {
    id: "case", version: "2026.1", name: "群众诉求办理", rows: ["A7"], citation: "群工系统:受理、交办、办理、反馈、评价,可上交、下交", builtin: true, start: "accepted",
    states: [state("accepted", "已受理", open, "whole"), state("assigned", "已交办", open, "handled"), state("handling", "办理中", open, "handled"), state("passed", "已转交，待答复", open, "whole"), state("answered", "已反馈", ["accepted", "closed"], "", true)],
    events: [
      event("assign", "交办", ["unit", "superior"], { accepted: "assigned" }, ["due", "person"], { may: ["unit"] }), event("take_up", "开始办理", ["unit", "superior"], { assigned: "handling" }),
      event("progress", "办理进度", ["unit", "superior"], { assigned: "assigned", handling: "handling", passed: "passed" }, ["note"]),
      event("pass", "上交或下交", ["unit", "superior"], { accepted: "passed", assigned: "passed", handling: "passed" }, ["way", "linked"]),
      event("told", "随单告知", ["superior"], { assigned: "assigned", handling: "handling" }, ["person", "note"]),
      event("answer", "反馈办结", ["unit", "superior"], { assigned: "answered", handling: "answered", passed: "answered" }, ["note"]),
      event("rate", "群众评价", ["unit", "superior"], { handling: "handling", answered: "answered" }, ["value"], { values: [value("satisfied", "满意", ["rated", "satisfied"]), value("dissatisfied", "不满意", ["rated"])] }),
      event("reopen", "重新办理", ["unit", "superior"], { answered: "handling" }, ["note", "due"]),
    ],
    deadlines: [deadline("whole", "办结时限", "start"), deadline("handled", "交办时限", "assign")],
    rates: [{ id: "closure", name: "办结率" }, { id: "satisfaction", name: "满意率" }], figures: {}, words: {},
  },
  {
    id: "rectification", version: "2026.1", name: "问题整改", rows: ["A1", "A5", "A10"], citation: "党建约谈、专项整治:建立清单、整改、报告、验收销号、回头看;重点督办、跟踪督查、结果反馈", builtin: true, start: "found",
    states: [state("found", "已发现", open, "two_months"), state("listed", "已列清单", open, "own"), state("rectifying", "整改中", open, "own"), state("reported", "已报告，待验收", open), state("accepted", "验收通过", open), state("closed", "已销号", ["accepted", "closed"], "", true)],
    events: [
      event("list", "列入清单", ["unit", "superior"], { found: "listed" }, ["person", "due", "measure"], { may: ["leader"] }), event("begin", "开始整改", ["unit"], { listed: "rectifying" }),
      event("report", "书面报告", ["unit"], { rectifying: "reported" }, ["note"]), event("accept", "验收通过", ["unit", "superior"], { reported: "accepted" }, ["person", "role"]),
      event("close", "销号", ["unit", "superior"], { accepted: "closed" }, ["person"]),
      event("look_back", "回头看", ["superior"], { closed: "closed" }, ["value"], { values: [value("kept", "未反弹", ["looked_back"]), value("relapsed", "有反弹", ["looked_back", "relapsed"])] }),
    ],
    deadlines: [deadline("two_months", "两个月内整改并报告", "start", { months: 2, given: false, citation: "党建约谈:约谈后两个月内完成整改并书面报告" }), deadline("own", "清单时限", "list", { citation: "党建约谈、专项整治" })],
    rates: [{ id: "closure", name: "销号率" }], figures: {}, words: {},
  },
];

const templateOf = (id) => templates.find((one) => one.id === id);
export const due = (id, name, by, days, more = {}) => ({ id, name, from: "2026-03-02", by, metOn: null, state: "ahead", days, disputed: false, running: true, citation: "群工系统:受理、交办、办理、反馈、评价,可上交、下交", ...more });

function row(part) {
  const template = templateOf(part.flow);
  const now = template.states.find((one) => one.id === part.state);
  return {
    office: "c0000001", officeName: "某街道党工委", place: "desk", flowName: template.name, version: template.version, known: true, text: "", category: "", form: "", channel: "", on: "2026-03-02", due: null, leader: "", person: "", unit: "",
    source: "", sourceOffice: "", sourceOfficeName: "", group: "", mergedInto: "", stateName: now.name, counts: now.counts, ended: now.end, disputed: false, deadline: null, recordedOn: "2026-03-02", custodian: false, conflict: false, ...part,
  };
}

export const step = (id, kind, name, part) => ({
  id, event: kind, name, on: "2026-03-03", person: "孙丁四", role: "", due: null, value: "", valueName: "", note: "", data: {}, side: "superior", office: "c0000001", officeName: "某街道党工委",
  state: "", stateName: "", moves: true, counted: true, why: null, crossed: false, recordedOn: "2026-03-03", custodian: false, ...part,
});

const mays = {
  accepted: ["assign", "pass"], assigned: ["take_up", "progress", "pass", "answer", "told"], handling: ["progress", "pass", "answer", "rate", "told"], passed: ["progress", "answer"], answered: ["rate", "reopen"],
};
const rectifies = { found: ["list"], listed: ["begin"], rectifying: ["report"], reported: ["accept"], accepted: ["close"], closed: ["look_back"] };
const calls = { pass: "case.pass", answer: "case.answer", told: "case.tell" };

function mayOf(matter) {
  const template = templateOf(matter.row.flow);
  const known = { case: mays, rectification: rectifies }[matter.row.flow];
  const allowed = known ? (known[matter.row.state] ?? []) : template.events.filter((one) => one.moves[matter.row.state]).map((one) => one.id);
  return allowed.map((id) => template.events.find((one) => one.id === id)).filter((one) => one.by.includes(matter.side) && !(one.id === "told" && matter.row.place !== "sent")).map((one) => {
    const to = template.states.find((other) => other.id === one.moves[matter.row.state]);
    return {
      event: one.id, name: one.name, needs: one.needs, may: one.may, values: one.values, leadsTo: to?.id ?? matter.row.state, leadsToName: to?.name ?? matter.row.stateName,
      settles: matter.row.disputed && one.moves[matter.row.state] !== undefined, apartFrom: one.id === "accept" ? ["report"] : [], call: matter.row.flow === "case" ? (calls[one.id] ?? "flow.act") : one.id === "issue_list" ? "interview.issue" : "flow.act",
    };
  });
}

export function view(part, { side = "superior", events = [], deadlines = [], marks = [], links = [], answersTo = [], caller = false } = {}) {
  const one = row(part);
  const running = deadlines.find((other) => other.running) ?? null;
  return { row: { ...one, deadline: running }, template: templateOf(one.flow), side, events, seen: events.map((other) => other.id), deadlines, marks, links, answersTo, caller };
}

const told = { id: "ev0002", event: "told", name: "随单告知" };
const village = { office: "b0000", officeName: "甲村党支部" };

function seed(branch) {
  const linked = view(
    { id: "fa0001", flow: "case", state: "handling", title: "三组路口夜里没有路灯", text: "三组路口夜里没有路灯,行走不便,请尽快安装。", category: "roads", ...village, ...(branch ? { office: "b0000001", officeName: "某街道甲村党支部" } : {}), place: "sent", person: "李乙二", source: "fa0000", sourceOffice: "c0000001", sourceOfficeName: "某街道党工委" },
    {
      side: branch ? "unit" : "superior", caller: branch, deadlines: [due("handled", "交办时限", "2026-03-25", 7)],
      links: [{ kind: "source", rtype: "flow_item", id: "fa0000", office: "c0000001", officeName: "某街道党工委", here: !branch, title: branch ? "" : "三组路口夜里没有路灯", stateName: branch ? "" : "已转交，待答复", way: "", answer: null }],
      events: [
        step("ev0101", "assign", "交办", { person: "李乙二", due: "2026-03-25", state: "assigned", stateName: "已交办" }),
        step("ev0102", "take_up", "开始办理", { side: "unit", ...village, person: "李乙二", on: "2026-03-05", state: "handling", stateName: "办理中" }),
        step("ev0103", "progress", "办理进度", { side: "unit", ...village, person: "李乙二", on: "2026-03-10", note: "已到现场看过,需要两盏灯。", state: "handling", stateName: "办理中", moves: false }),
      ],
    },
  );
  const desk = view(
    { id: "fa0000", flow: "case", state: "passed", title: "三组路口夜里没有路灯", text: "三组路口夜里没有路灯,行走不便。", category: "roads", channel: "hotline", person: "孙丁四", unit: "城建办" },
    {
      caller: true, deadlines: [due("whole", "办结时限", "2026-04-02", 15)],
      answersTo: [{ id: "b0001", name: "乙村党支部" }],
      events: [step("ev0001", "pass", "上交或下交", { note: "", data: { way: "down", linked: "fa0001" }, state: "passed", stateName: "已转交，待答复" })],
      links: [
        { kind: "source", rtype: "concern", id: "bc0000", office: "b0001", officeName: "乙村党支部", here: true, title: "村口夜里没有路灯", stateName: "", way: "", answer: null },
        { kind: "passed", rtype: "flow_item", id: "fa0001", ...village, here: true, title: "三组路口夜里没有路灯", stateName: "已反馈", way: "down", answer: { id: "ev0104", on: "2026-03-16", note: "两盏路灯已装好,夜里亮着。", waiting: true } },
      ],
    },
  );
  const fresh = view({ id: "fa0002", flow: "case", state: "accepted", title: "屋后排水沟堵塞", text: "屋后排水沟堵塞,下雨积水。", category: "environment", channel: "walk_in", on: "2026-03-16" }, { caller: true, deadlines: [due("whole", "办结时限", "2026-03-31", 13)] });
  const crossed = view(
    { id: "fb0000", flow: "rectification", state: "rectifying", title: "会议记录不全", text: "去年四季度两次会议没有记录。", category: "支部建设", form: "记录不全", ...village, ...(branch ? { office: "b0000001", officeName: "某街道甲村党支部" } : {}), place: "sent", disputed: true, on: "2026-01-31", person: "李乙二" },
    {
      side: branch ? "unit" : "superior", deadlines: [due("own", "清单时限", "2026-03-15", 3, { state: "overdue", citation: "党建约谈、专项整治" }), due("two_months", "两个月内整改并报告", "2026-03-31", 13, { running: false })],
      events: [
        step("ev0200", "list", "列入清单", { data: { measure: "补齐记录,明确专人" }, person: "李乙二", due: "2026-03-15", on: "2026-02-05", state: "listed", stateName: "已列清单" }),
        step("ev0201", "report", "书面报告", { side: "unit", ...village, person: "李乙二", on: "2026-03-10", note: "记录已补齐。", state: "reported", stateName: "已报告，待验收" }),
        step("ev0202", "withdraw", "撤回报告", { side: "unit", ...village, person: "李乙二", on: "2026-03-12", note: "还差一次。", state: "rectifying", stateName: "整改中", crossed: true }),
        step("ev0203", "accept", "验收通过", { person: "孙丁四", role: "组织委员", on: "2026-03-12", state: "accepted", stateName: "验收通过", crossed: true }),
        step("ev0204", "close", "销号", { person: "孙丁四", on: "2026-03-13", counted: false, moves: false, why: { code: "internal", field: null, params: {} } }),
      ],
    },
  );
  const reported = view(
    { id: "fb0001", flow: "rectification", state: branch ? "listed" : "reported", title: "党务公开栏更新不及时", text: "公开栏内容还是上季度的。", category: "支部建设", ...village, ...(branch ? { office: "b0000001", officeName: "某街道甲村党支部" } : {}), place: "sent", on: "2026-02-20" },
    { side: branch ? "unit" : "superior", deadlines: [due("two_months", "两个月内整改并报告", "2026-04-20", 33)], events: [step("ev0300", "list", "列入清单", { data: { measure: "每月5日前更新" }, person: "李乙二", due: "2026-04-10", on: "2026-02-22", state: "listed", stateName: "已列清单" })] },
  );
  return branch ? [linked, crossed, reported] : [desk, fresh, linked, crossed, reported];
}

/** Matters of screens that stand elsewhere. */
export const more = [];
export const matters = (state_) => (state_.flows ??= [...seed(state_.role === "branch"), ...more.flatMap((one) => one(state_))]);

function find(state_, id) {
  const one = matters(state_).find((other) => other.row.id === id);
  if (!one) throw new Fault("not_found", { id });
  return one;
}

function enter(state_, one, kind, said) {
  const template = templateOf(one.row.flow);
  const known = template.events.find((other) => other.id === kind);
  const to = template.states.find((other) => other.id === (known.moves[one.row.state] ?? one.row.state));
  const id = state_.id("ev");
  one.events.push(step(id, kind, known.name, {
    side: one.side, office: state_.offices[0].id, officeName: state_.offices[0].name, on: today, person: said.person ?? "", role: said.role ?? "", due: said.due || null, value: said.value ?? "", valueName: known.values.find((other) => other.id === said.value)?.name ?? "", note: said.note ?? "", data: said.data ?? {},
    state: to.id, stateName: to.name, moves: to.id !== one.row.state,
  }));
  one.seen = one.events.map((other) => other.id);
  Object.assign(one.row, { state: to.id, stateName: to.name, counts: to.counts, ended: to.end, disputed: false });
  for (const other of one.events) other.crossed = false;
  state_.touch("flow");
  return { id };
}

const rate = (id, numerator, denominator) => ({ id, numerator, denominator, tenths: denominator === 0 ? null : Math.floor((numerator * 2000 + denominator) / (denominator * 2)) });
const units = [["城建办", 90, 80, 50, 45], ["民政办", 70, 68, 50, 42], ["", 40, 32, 20, 18]];

export const handlers = {
  "flow.templates": () => templates,
  "flow.list": (state_, input) => {
    const rows = matters(state_).map((one) => one.row).filter((one) => {
      const below = one.place !== "desk";
      return (state_.role === "branch" || below === input.below) && (input.flows.length === 0 || input.flows.includes(one.flow)) && (input.states.length === 0 || input.states.includes(one.state))
        && input.counts.every((word) => one.counts.includes(word)) && !input.notCounts.some((word) => one.counts.includes(word)) && (!input.disputed || one.disputed) && (!input.overdue || one.deadline?.state === "overdue")
        && (!input.source || one.source === input.source) && (!input.desk || one.place === "desk") && (!input.text || (one.title + one.text).includes(input.text)) && (!input.category || one.category === input.category);
    });
    return { total: rows.length, rows: rows.slice(input.offset, input.offset + (input.limit || 50)) };
  },
  "flow.get": (state_, { id }) => {
    const one = find(state_, id);
    return { ...one, may: mayOf(one) };
  },
  "flow.open": (state_, input) => {
    const template = templateOf(input.flow);
    const to = input.to.length > 0 ? input.to : [state_.offices[0].id];
    const items = to.map((office) => {
      const id = state_.id("fb");
      matters(state_).push(view({ ...input, id, flow: input.flow, state: template.start, office, officeName: state_.org.find((one) => one.id === office)?.name ?? state_.offices[0].name, place: input.to.length > 0 ? "sent" : input.desk ? "desk" : "own", on: today, due: input.due || null }, { side: state_.role === "branch" ? "unit" : "superior" }));
      return { id, office };
    });
    state_.touch("flow");
    return { items };
  },
  "flow.act": (state_, input) => {
    const one = find(state_, input.id);
    if (input.note.includes("周大山") && !input.keepMatches) throw new Fault("name_private_match", { word: "周大山" }, "note");
    return enter(state_, one, input.event, input);
  },
  "flow.rates": (state_, input) => {
    const rates = templateOf(input.flow).rates;
    const both = (all, closed, rated, satisfied) => [rate("closure", closed, all), rate("satisfaction", satisfied, rated)].slice(0, rates.length);
    const months = input.by.includes("month") ? ["2026-01", "2026-02"] : [""];
    const named = input.by.includes("unit") ? units : input.by.includes("office") ? units.map((unit, n) => [`o${n}`, ...unit.slice(1)]) : [["", 200, 180, 120, 105]];
    const part = (n, of) => Math.floor(n / of);
    return {
      flow: input.flow, name: templateOf(input.flow).name, asOf: today, rates, total: both(200, 180, 120, 105),
      rows: named.flatMap(([name, ...counts], n) => months.map((month) => ({
        office: input.by.includes("office") ? name : "", officeName: input.by.includes("office") ? ["甲村党支部", "乙村党支部", "丙村党支部"][n] : "", unit: input.by.includes("unit") ? name : "", month, rates: both(...counts.map((count) => part(count, months.length))),
      }))),
    };
  },
  "case.accept": (state_, input) => {
    const id = state_.id("fa");
    const source = state_.below?.find?.((one) => one.id === input.source);
    matters(state_).push(view({ id, flow: "case", state: "accepted", title: input.title, text: input.text, category: input.category, channel: input.channel, person: input.person, unit: input.unit, on: today, source: input.source, sourceOfficeName: source?.officeName ?? "" }, { caller: input.caller.name !== "", deadlines: [due("whole", "办结时限", "2026-03-31", 13)] }));
    state_.touch("flow");
    return { id };
  },
  "case.pass": (state_, input) => {
    const one = find(state_, input.id);
    if (input.text.includes("周大山") && !input.keepMatches) throw new Fault("name_private_match", { word: "周大山" }, "text");
    const { id: made } = enter(state_, one, "pass", { data: { way: input.way } });
    return { id: state_.id("fa"), office: input.to, event: made };
  },
  "case.tell": (state_, input) => {
    if (!input.confirmed) throw new Fault("internal");
    return enter(state_, find(state_, input.id), told.event, input);
  },
  "case.private": (state_, { id }) => (state_.role === "branch"
    ? { caller: null, closed: false, told: [{ case: id, office: "b0000001", officeName: "某街道甲村党支部", name: "周大山", contact: "13000001234", on: "2026-03-06", reason: "要约时间上门" }] }
    : { caller: { name: "周大山", phone: "13000001234", address: "三组12号", note: "" }, closed: false, told: [] }),
  "case.answer_back": (state_, input) => {
    const one = find(state_, input.id);
    for (const link of one.links) if (link.answer) link.answer.waiting = false;
    Object.assign(one.row, { state: "handling", stateName: "办理中" });
    state_.touch("flow");
    return { id: state_.id("ev") };
  },
  "case.answer": (state_, input) => {
    const one = find(state_, input.id);
    const { id } = enter(state_, one, "answer", input);
    return { event: id, told: one.answersTo.map((to) => ({ office: to.id, officeName: to.name, record: "bc0000" })), missed: [] };
  },
};
