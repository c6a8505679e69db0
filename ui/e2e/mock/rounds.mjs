// Interviews, common problems, weak branches, lists, projects and letters, over the matters of the stand-in.
import { deadline, due, event, matters, more, state, step, templates, view } from "./flow.mjs";
import { Fault, today } from "./state.mjs";

const open = ["accepted", "open"];
const closed = ["accepted", "closed"];
const citation = {
  interview: "党建约谈:每月一轮,每轮3至4个单位,汇报20分钟、提问40分钟,约谈后列清单整改并报告",
  letter: "6+X清单:6张共性清单加1至2张自选清单,签订责任书并公开承诺,每年一次",
  listed: "三个清单:责任领导、责任人、完成时限、完成情况",
  weak: "党建大考:每年按末尾10%确定整顿对象,选派第一书记,落实结对帮扶和整顿方案",
  project: "项目化和三同步一汇报:半年汇报,季度交流互评,年度评审",
};
const base = ["共性清单一", "共性清单二", "共性清单三", "共性清单四", "共性清单五", "共性清单六"];
const figures = { units_min: 3, units_max: 4, report_minutes: 20, question_minutes: 40 };

templates.push(
  {
    id: "interview", version: "2026.1", name: "党建约谈", rows: ["A1"], citation: citation.interview, builtin: true, start: "planned", figures, words: { topics: ["履行责任", "廉洁自律", "班子建设", "干部队伍", "支部建设"] }, rates: [],
    states: [state("planned", "已列入", open, "hold"), state("notified", "已通知", open, "hold"), state("held", "已约谈", open, "two_months"), state("listed", "已列整改清单", open, "two_months"), state("concluded", "已办结", closed, "", true)],
    events: [
      event("hand_in", "提交汇报", ["unit"], { notified: "notified" }, ["note", "person"]),
      event("hold", "约谈", ["superior"], { planned: "held", notified: "held" }, ["person", "report_minutes", "question_minutes"], { may: ["topics"] }),
      event("find", "指出问题", ["superior"], { held: "held", listed: "listed" }, ["note", "topic"]), event("issue_list", "下发整改清单", ["superior"], { held: "listed" }), event("conclude", "整改报告收齐", ["superior"], { listed: "concluded" }, ["note"]),
    ],
    deadlines: [deadline("hold", "约谈日", "start"), deadline("two_months", "两个月内整改并报告", "hold", { months: 2 })],
  },
  {
    id: "letter", version: "2026.1", name: "6+X清单责任书", rows: ["A11"], citation: citation.letter, builtin: true, start: "drafted", figures: { base_lists: 6, chosen_min: 1, chosen_max: 2 }, words: { base }, rates: [],
    states: [state("drafted", "已下发", open, "year"), state("chosen", "已选定", open, "year"), state("signed", "已签责任书", open, "year"), state("pledged", "已公开承诺", open, "year"), state("reviewed", "已考核", closed, "", true)],
    events: [
      event("choose", "选定清单", ["unit"], { drafted: "chosen" }, ["chosen"]), event("send_back", "退回重选", ["superior"], { chosen: "drafted" }, ["note"]), event("sign", "签订责任书", ["superior"], { chosen: "signed" }, ["person", "signed_by"]),
      event("pledge", "公开承诺", ["unit"], { signed: "pledged" }, ["person", "published_at"]), event("review", "年度考核", ["superior"], { pledged: "reviewed" }, ["note"]),
    ],
    deadlines: [deadline("year", "年度", "start", { months: 12 })],
  },
  {
    id: "weak", version: "2026.1", name: "软弱涣散党组织整顿", rows: ["A5"], citation: citation.weak, builtin: true, start: "listed", figures: { weakest_percent: 10 }, words: {}, rates: [{ id: "closure", name: "转化率" }],
    states: [state("listed", "已列为整顿对象", open, "year"), state("supported", "整顿中", open, "year"), state("accepted", "已转化", closed, "", true)],
    events: [event("support", "派第一书记、结对、定方案", ["superior"], { listed: "supported", supported: "supported" }, ["first_secretary", "helper", "plan"])],
    deadlines: [deadline("year", "一年内转化", "start", { months: 12 })],
  },
  {
    id: "listed", version: "2026.1", name: "清单事项", rows: ["A6"], citation: citation.listed, builtin: true, start: "sent", figures: { service_items: 40, monthly_items: 10 }, words: { lists: ["工作清单", "服务清单", "月度项目清单"], roles: ["书记", "副书记", "委员"] }, rates: [{ id: "closure", name: "完成率" }],
    states: [state("sent", "已下发", open, "own"), state("doing", "落实中", open, "own"), state("reported", "已报完成", open, "own"), state("accepted", "验收通过", closed, "", true)],
    events: [event("begin", "签收", ["unit"], { sent: "doing" }), event("report", "报完成", ["unit"], { sent: "reported", doing: "reported" }, ["note"]), event("accept", "验收通过", ["superior"], { reported: "accepted" })],
    deadlines: [deadline("own", "完成时限", "start")],
  },
  {
    id: "project", version: "2026.1", name: "党建项目", rows: ["A9"], citation: citation.project, builtin: true, start: "set_up", figures: {}, words: { in_step: ["学习教育", "作风建设", "廉政建设"] }, rates: [{ id: "closure", name: "结项率" }],
    states: [state("set_up", "已立项", open, "year"), state("running", "实施中", open, "half_yearly"), state("reviewed", "已评估", open, "year"), state("closed", "已结项", closed, "", true)],
    events: [
      event("begin", "启动", ["unit"], { set_up: "running" }, ["person", "measure"], { may: ["lead", "executor"] }), event("report", "半年汇报", ["unit"], { running: "running" }, ["note", "person"]),
      event("exchange", "季度交流互评", ["unit", "superior"], { running: "running" }, ["note"], { may: ["comment_by"] }), event("review", "第三方评估", ["unit", "superior"], { running: "reviewed" }, ["person", "role", "note"]),
    ],
    deadlines: [deadline("half_yearly", "半年汇报", "begin", { months: 6, repeats: true })],
  },
);

const village = { office: "b0000", officeName: "甲村党支部" };
const other = { office: "b0001", officeName: "乙村党支部" };

/** What there is at first: an interview held with two findings, problems of the villages, a letter, a project, a weak branch. */
more.push((state_) => {
  const branch = state_.role === "branch";
  const here = branch ? { office: "b0000001", officeName: "某街道甲村党支部" } : village;
  const side = { side: branch ? "unit" : "superior" };
  const sent = { place: "sent", ...here };
  const hold = step("ev0400", "hold", "约谈", { on: "2026-03-05", person: "陈书记", data: { report_minutes: "20", question_minutes: "30", topics: "履行责任、支部建设" }, state: "held", stateName: "已约谈" });
  const find = (id, topic, note) => step(id, "find", "指出问题", { on: "2026-03-05", note, data: { topic }, state: "held", stateName: "已约谈", moves: false });
  const found = [find("ev0401", "支部建设", "三会一课记录不全"), find("ev0402", "履行责任", "谈心谈话没有做到")];
  const out = [
    view({ id: "fc0000", flow: "interview", state: "held", title: "党建约谈", group: "2026-03", on: "2026-03-05", due: "2026-03-05", unit: "甲村党支部", ...sent }, { ...side, events: [hold, ...found], deadlines: [due("two_months", "两个月内整改并报告", "2026-05-05", 48)] }),
    view({ id: "fd0000", flow: "letter", state: branch ? "drafted" : "chosen", title: "2026年6+X清单责任书", text: base.join("\n"), group: "2026", on: "2026-01-08", ...sent }, { ...side, events: branch ? [] : [step("ev0500", "choose", "选定清单", { data: { chosen: "产业发展、人居环境、乡风文明" }, state: "chosen", stateName: "已选定" })], deadlines: [due("year", "年度", "2026-12-31", 288)] }),
    view({ id: "fe0000", flow: "project", state: "running", title: "河道整治党建项目", leader: "陈书记", on: "2026-01-10", ...sent }, {
      ...side, deadlines: [due("half_yearly", "半年汇报", "2026-07-15", 119)],
      events: [step("ev0600", "begin", "启动", { side: "unit", data: { measure: "清淤、护坡、管护", lead: "某街道党工委", executor: "甲村党支部" }, person: "李乙二", on: "2026-01-15", state: "running", stateName: "实施中" }), step("ev0601", "exchange", "季度交流互评", { on: "2026-03-10", note: "护坡要赶在汛前", data: { comment_by: "乙村党支部" }, state: "running", stateName: "实施中", moves: false })],
    }),
    view({ id: "ff0000", flow: "weak", state: "listed", title: "软弱涣散党组织整顿", text: "班子不健全,三会一课没有坚持。", group: "2026", on: "2026-01-20", ...sent }, { ...side, deadlines: [due("year", "一年内转化", "2027-01-20", 308)] }),
  ];
  if (branch) return out;
  out.push(view({ id: "fc0001", flow: "interview", state: "notified", title: "党建约谈", group: "2026-03", on: "2026-03-25", due: "2026-03-25", unit: "乙村党支部", place: "sent", ...other }, { side: "superior", deadlines: [due("hold", "约谈日", "2026-03-25", 7)] }));
  for (let n = 0; n < 12; n += 1) {
    const of = n % 2 === 0 ? village : other;
    out.push(view({ id: `fa8${String(n).padStart(3, "0")}`, flow: "rectification", state: "found", title: `第${(n % 3) + 1}类问题,第${n + 1}处`, category: `类${(n % 3) + 1}`, place: "own", on: "2026-01-10", ...of }));
  }
  return out;
});

const own = (state_, input) => input.own || state_.role === "branch";
const of = (state_, flow) => matters(state_).filter((one) => one.row.flow === flow);
const off = (figure, has, says, source) => ({ figure, has, says, citation: citation[source] });
const names = (text) => (text ?? "").split(/[、,]/).filter(Boolean);

function interview(state_, one) {
  const last = one.events.findLast((another) => another.event === "hold");
  const sent = state_.issued ?? new Map();
  const findings = one.events.filter((another) => another.event === "find").map((found) => ({ id: found.id, topic: found.data.topic, note: found.note, on: found.on, item: sent.get(found.id) ?? null, stateName: sent.has(found.id) ? "已发现" : "" }));
  const listed = findings.filter((found) => found.item !== null).length;
  const offs = last ? ["report_minutes", "question_minutes"].filter((key) => Number(last.data[key]) !== figures[key]).map((key) => off(key, Number(last.data[key]), figures[key], "interview")) : [];
  return { item: one.row, plannedOn: one.row.due, heldOn: last?.on ?? null, heldBy: last?.person ?? "", reportMinutes: last?.data.report_minutes ?? "", questionMinutes: last?.data.question_minutes ?? "", topics: names(last?.data.topics), offs, findings, listed, reported: 0, closed: 0, waiting: findings.length - listed };
}

function letter(one) {
  const at = (kind) => one.events.findLast((another) => another.event === kind);
  const chosen = one.row.state === "drafted" ? [] : names(at("choose")?.data.chosen);
  const lists = one.row.text.split("\n");
  const offs = [...(lists.length === 6 ? [] : [off("base_lists", lists.length, 6, "letter")]), ...(chosen.length > 2 ? [off("chosen_max", chosen.length, 2, "letter")] : [])];
  return { item: one.row, base: lists, chosen, offs, signedBy: at("sign")?.person ?? "", signedForUnit: at("sign")?.data.signed_by ?? "", signedOn: at("sign")?.on ?? null, pledgedOn: at("pledge")?.on ?? null, publishedAt: at("pledge")?.data.published_at ?? "" };
}

const problems = (state_) => of(state_, "rectification").filter((one) => one.row.place === "own").map((one) => one.row);
const groups = (state_) => (state_.commons ??= []);
const units = (state_, ids) => state_.org.filter((one) => one.depth === 1 && one.state === "joined" && (ids.length === 0 || ids.includes(one.id)));
const byDay = (day) => /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : `2026-${day.replace(".", "-").split("-").map((part) => part.padStart(2, "0")).join("-")}`;

function send(state_, flow, to, part) {
  let made = 0;
  let before = 0;
  for (const unit of to) {
    const there = of(state_, flow).some((one) => one.row.office === unit.id && one.row.group === part.group && (flow !== "listed" || one.row.title === part.title));
    if (there) before += 1;
    else {
      made += 1;
      matters(state_).push(view({ id: state_.id("fe"), flow, state: templates.find((one) => one.id === flow).start, place: "sent", office: unit.id, officeName: unit.name, on: today, ...part }, { deadlines: part.due ? [due("own", "完成时限", part.due, 10)] : [] }));
    }
  }
  state_.touch("flow");
  return { made, before };
}

/** A page of a list of items, by the text that they contain. */
function cut(rows, { text, offset, limit }) {
  const found = rows.filter((one) => !text || (one.item.title + one.item.text).includes(text));
  return { total: found.length, rows: found.slice(offset, offset + (limit || 50)) };
}

export const handlers = {
  "dispatch.groups": () => [],
  "interview.round": (state_, input) => {
    const month = input.month ?? today.slice(0, 7);
    const all = of(state_, "interview").map((one) => interview(state_, one));
    const inside = all.filter((one) => one.item.group === month);
    const held = (n) => all.filter((one) => one.heldOn?.startsWith(`${month.slice(0, 4)}-${String(n).padStart(2, "0")}`)).length;
    const months = Array.from({ length: 12 }, (_, n) => ({ month: n + 1, units: all.filter((one) => one.item.group === `${month.slice(0, 4)}-${String(n + 1).padStart(2, "0")}`).length, held: held(n + 1) }));
    const short = !own(state_, input) && inside.length > 0 && inside.length < 3;
    return {
      month, rules: { rounds: 1, unitsMin: 3, unitsMax: 4, reportMinutes: 20, questionMinutes: 40, topics: templates.find((one) => one.id === "interview").words.topics, citation: citation.interview, version: "2026.1" },
      units: inside, offs: short ? [off("units_min", inside.length, 3, "interview")] : [], months, without: months.filter((one) => one.held === 0 && one.month <= 3).map((one) => one.month),
    };
  },
  "interview.plan": (state_, input) => {
    const on = byDay(input.on);
    return send(state_, "interview", units(state_, input.units), { title: "党建约谈", group: input.month, due: on, on });
  },
  "interview.issue": (state_, { id }) => {
    const one = matters(state_).find((another) => another.row.id === id);
    state_.issued ??= new Map();
    const waiting = one.events.filter((found) => found.event === "find" && !state_.issued.has(found.id));
    for (const found of waiting) {
      const item = state_.id("fb");
      state_.issued.set(found.id, item);
      matters(state_).push(view({ id: item, flow: "rectification", state: "found", title: found.note, category: found.data.topic, channel: "interview", place: "sent", office: one.row.office, officeName: one.row.officeName, on: found.on, group: id }, { deadlines: [due("two_months", "两个月内整改并报告", "2026-05-05", 48)] }));
    }
    Object.assign(one.row, { state: "listed", stateName: "已列整改清单" });
    state_.touch("flow");
    return { made: waiting.length, before: 0 };
  },
  "interview.calendar": (state_) => {
    const rows = of(state_, "rectification").filter((one) => one.row.channel === "interview").map((one) => ({ item: one.row, from: "2026-03-05", by: "2026-05-05", metOn: null, standing: "ahead", days: 48, citation: citation.interview }));
    return { rows, citation: "党建约谈:约谈后两个月内完成整改并书面报告" };
  },
  "common.list": (state_, input) => {
    const all = problems(state_);
    const inside = new Set(groups(state_).flatMap((group) => group.parts));
    const children = units(state_, []);
    return {
      year: input.year, problems: all.length, left: all.filter((one) => !inside.has(one.id)).length, units: new Set(all.map((one) => one.office)).size,
      groups: groups(state_).map((group) => {
        const tasks = of(state_, "listed").filter((one) => one.row.group === group.id);
        return { id: group.id, title: group.title, note: group.note, on: today, problems: group.parts.length, units: [...new Set(all.filter((one) => group.parts.includes(one.id)).map((one) => one.officeName))], tasks: tasks.length, tasksClosed: tasks.filter((one) => one.row.ended).length, tasksMissing: children.length - tasks.length };
      }),
    };
  },
  "common.problems": (state_, input) => {
    const inside = new Set(groups(state_).flatMap((group) => group.parts));
    const group = groups(state_).find((one) => one.id === input.group);
    const rows = problems(state_).filter((one) => (input.group === "none" ? !inside.has(one.id) : !group || group.parts.includes(one.id)) && (!input.text || one.title.includes(input.text)));
    return { total: rows.length, rows: rows.slice(input.offset, input.offset + (input.limit || 50)).map((item) => ({ id: item.id, item, groups: groups(state_).filter((one) => one.parts.includes(item.id)).map((one) => one.title) })) };
  },
  "common.group": (state_, input) => {
    const id = state_.id("ga");
    groups(state_).push({ id, title: input.title, note: input.note, parts: [...input.parts] });
    state_.touch("flow");
    return { id, late: false };
  },
  "common.part": (state_, input) => {
    const group = groups(state_).find((one) => one.id === input.id);
    group.parts = input.inside ? [...new Set([...group.parts, ...input.parts])] : group.parts.filter((one) => !input.parts.includes(one));
    state_.touch("flow");
  },
  "common.undo": (state_, { id }) => {
    state_.commons = groups(state_).filter((one) => one.id !== id);
    state_.touch("flow");
  },
  "common.tasks": (state_, input) => {
    const sum = { made: 0, before: 0 };
    for (const group of groups(state_).filter((one) => input.groups.length === 0 || input.groups.includes(one.id))) {
      const { made, before } = send(state_, "listed", units(state_, input.to), { title: group.title, group: group.id, due: `${input.year}-12-31`, leader: input.leader });
      sum.made += made;
      sum.before += before;
    }
    return sum;
  },
  "weak.list": (state_, input) => {
    const rows = of(state_, "weak").map((one) => {
      const data = one.events.findLast((another) => another.event === "support")?.data ?? {};
      return { item: one.row, firstSecretary: data.first_secretary ?? "", helper: data.helper ?? "", plan: data.plan ?? "" };
    });
    return { year: input.year, bodies: 17, percent: 10, says: 2, citation: citation.weak, ...cut(rows, input.part) };
  },
  "weak.add": (state_, input) => {
    if (input.why.includes("周大山") && !input.keepMatches) throw new Fault("name_private_match", { word: "周大山" }, "why");
    return send(state_, "weak", units(state_, input.offices), { title: "软弱涣散党组织整顿", text: input.why, group: String(input.year) });
  },
  "listed.lists": (state_) => {
    const all = of(state_, "listed").map((one) => one.row).filter((one) => one.group.includes("/"));
    const rows = [...new Set(all.map((one) => one.group))].toSorted().map((group) => {
      const lines = all.filter((one) => one.group === group);
      const [name, period, role = ""] = group.split("/");
      const most = Math.max(...lines.map((one) => lines.filter((same) => same.office === one.office).length));
      return { group, name, role, period, lines: most, units: new Set(lines.map((one) => one.office)).size, total: lines.length, begun: lines.filter((one) => one.state !== "sent").length, closed: lines.filter((one) => one.ended).length, overdue: 0, off: name === "月度项目清单" && most > 10 ? off("monthly_items", most, 10, "listed") : null };
    });
    return { names: ["工作清单", "服务清单", "月度项目清单"], roles: ["书记", "副书记", "委员"], citation: citation.listed, rows };
  },
  "listed.send": (state_, input) => {
    const sum = { made: 0, before: 0 };
    input.lines.forEach((line, n) => {
      if (line.measure.includes("周大山") && !input.keepMatches) throw new Fault("name_private_match", { word: "周大山" }, `lines.${n}.measure`);
      if (/[^\d.\-年月日底]/.test(line.due)) throw new Fault("date_not_understood", { text: line.due }, `lines.${n}.due`);
    });
    for (const line of input.lines) {
      const { made, before } = send(state_, "listed", units(state_, input.to), { title: line.title, text: line.measure, leader: line.leader, person: line.person, due: byDay(line.due), group: [input.name, input.period, input.role].filter(Boolean).join("/"), category: input.name, form: input.role });
      sum.made += made;
      sum.before += before;
    }
    return sum;
  },
  "project.list": (state_, input) => {
    const note = (one) => ({ on: one.on, quarter: Math.ceil(Number(one.on.slice(5, 7)) / 3), person: one.person, role: one.role, note: one.note, commentBy: one.data.comment_by ?? "", bySuperior: one.side === "superior" });
    const rows = of(state_, "project").map((one) => {
      const begin = one.events.find((another) => another.event === "begin")?.data ?? {};
      const said = (kind) => one.events.filter((another) => another.event === kind).map(note);
      return { item: one.row, lead: begin.lead ?? "", executor: begin.executor ?? "", measure: begin.measure ?? "", deadlines: one.deadlines, reports: said("report"), exchanges: said("exchange"), inStep: [{ key: "education", on: "2026-03-01", note: "专题学习2次" }], reviews: said("review") };
    });
    return { year: input.year, citation: citation.project, inStep: ["学习教育", "作风建设", "廉政建设"], ...cut(rows, input.part) };
  },
  "letter.list": (state_, input) => {
    const rows = of(state_, "letter").map(letter);
    const have = new Set(rows.map((one) => one.item.office));
    return { year: input.year, base, baseLists: 6, chosenMin: 1, chosenMax: 2, citation: citation.letter, ...cut(rows, input.part), missing: input.below ? units(state_, []).filter((unit) => !have.has(unit.id)).map((unit) => unit.name) : [] };
  },
  "letter.send": (state_, input) => send(state_, "letter", units(state_, input.to), { title: `${input.year}年6+X清单责任书`, text: input.base.join("\n"), group: String(input.year), due: null }),
};

