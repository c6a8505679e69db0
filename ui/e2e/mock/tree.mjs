// Bodies within offices, the tree of a day, a tree out of a list, villages in custody.
import { Fault, today } from "./state.mjs";

const rule = (id, text) => ({ id: `bodies.${id}`, version: "2026.2", citation: "《中国共产党支部工作条例（试行）》第二章", text });
const kinds = [
  { kind: "temporary", branch: true, mayNot: ["admission", "discipline", "dues", "election"], unitsMax: null, rule: rule("temporary", "临时党支部一般不发展党员、处分处置党员，不收缴党费，不选举") },
  { kind: "mobile", branch: true, mayNot: [], unitsMax: null, rule: rule("mobile", "") },
  { kind: "joint", branch: true, mayNot: [], unitsMax: 5, rule: rule("joint", "联合党支部覆盖单位一般不超过5个") },
  ...["attached", "group", "station", "alliance"].map((kind) => ({ kind, branch: false, mayNot: [], unitsMax: null, rule: rule(kind, "") })),
];

function body(state, part) {
  const entered = { id: part.id, name: part.name, kind: part.kind, basis: part.basis ?? "", above: part.above ?? "", office: "", units: part.units ?? [], from: part.from, until: part.until ?? "", decision: part.decision ?? "", keepMatches: false };
  return { aboveName: "", officeName: "", state: "current", custodian: false, changes: [], notes: [], ...entered, until: part.until || null, entered };
}

/** What a street or a branch has of bodies. */
function bodies(state) {
  state.bodies ??= state.role === "committee" ? [
    { ...body(state, { id: "b1", name: "沿江联盟", kind: "alliance", basis: "place", units: ["某学校"], from: "2025-03-01", decision: "2025年第2号" }), changes: [{ id: "c2", on: "2025-08-01", kind: "left", to: "某医院", note: "", void: false, recordedOn: "2025-08-01", custodian: false }, { id: "c1", on: "2025-07-01", kind: "renamed", to: "沿江联盟", note: "2025年第3号", void: false, recordedOn: "2025-07-01", custodian: false }] },
    { ...body(state, { id: "b2", name: "园区联合党支部", kind: "joint", basis: "trade", units: ["企业1", "企业2", "企业3", "企业4", "企业5", "企业6"], from: "2026-01-01" }), notes: [{ code: "units_many", duty: null, has: 6, says: 5, rule: kinds[2].rule }] },
    body(state, { id: "b3", name: "某中学", kind: "attached", basis: "place", from: "2026-01-10" }),
    { ...body(state, { id: "b4", name: "防汛临时党支部", kind: "temporary", from: "2025-06-01", until: "2025-11-01" }), state: "ended" },
  ] : [body(state, { id: "b5", name: "第一党小组", kind: "group", from: "2025-01-01" }), { ...body(state, { id: "b6", name: "红心驿站", kind: "station", basis: "interest", above: "b5", from: "2025-05-01" }), aboveName: "第一党小组" }];
  return state.bodies;
}

const find = (state, id) => bodies(state).find((one) => one.id === id) ?? (() => { throw new Fault("not_found"); })();

function tree(state, { on, sizes }) {
  const day = on || today;
  const own = state.offices[0];
  const line = (part) => ({ officeKind: null, bodyKind: null, office: own.id, basis: "", units: [], from: null, until: null, fullMembers: null, notes: [], ...part });
  const there = bodies(state).filter((one) => one.from <= day && (!one.until || day < one.until));
  const past = day < today;
  const names = past ? { 沿江联盟: day < "2025-07-01" ? "沿河联盟" : "沿江联盟" } : {};
  const lines = [line({ id: own.id, depth: 0, name: own.name, officeKind: own.kind })];
  for (const one of there) {
    const under = there.some((other) => other.id === one.above);
    lines.push(line({ id: one.id, depth: under ? 2 : 1, name: names[one.name] ?? one.name, bodyKind: one.kind, basis: one.basis, units: one.units, from: one.from, until: one.until, notes: one.notes }));
  }
  if (!past) for (const child of state.org.filter((one) => one.id)) {
    const few = sizes && child.name.startsWith("乙");
    lines.push(line({ id: child.id, depth: child.depth, name: child.name, officeKind: child.kind, from: "2026-01-05", fullMembers: sizes ? (few ? 2 : 24) : null, notes: few ? [{ code: "few_members", duty: null, has: 2, says: 3, rule: rule("few_members", "有正式党员3人以上的成立党支部") }] : [] }));
  }
  return { on: day, past, lines };
}

const word = (value) => ({ value, label: "" });
const questions = [
  { id: "kind_unknown:Sheet1!B5", sheet: "Sheet1", cell: "B5", code: "kind_unknown", name: "示范三村", text: "车间", choices: ["branch", "group", "station", "skip"].map(word) },
  { id: "region_form:Sheet1!D4", sheet: "Sheet1", cell: "D4", code: "region_form", name: "示范二村", text: "51012100120", choices: ["without", "skip"].map(word) },
];

function list(state, { answers }, made) {
  const asked = questions.map((one) => ({ ...one, answer: answers[one.id] ?? null }));
  const open = (id, action) => (answers[id] === undefined ? "asked" : answers[id] === "skip" ? "skipped" : action);
  const row = (cell, name, kind, action, part = {}) => ({ sheet: "Sheet1", cell, name, kind, body: false, kindFromName: false, above: "某街道党工委", depth: 1, action, ...part });
  const rows = [
    row("A2", "某街道党工委", "committee", "self", { depth: 0, above: "" }),
    row("A3", "示范一村", "branch", "invite"),
    row("A4", "示范二村", "branch", open(questions[1].id, "custody")),
    row("A5", "示范三村", answers[questions[0].id] ?? "", open(questions[0].id, "invite")),
    row("A6", "园区联合党支部", "joint", "there", { body: true, kindFromName: true }),
    row("A7", "企业党小组", "group", "body", { body: true, depth: 2, above: "园区联合党支部" }),
  ];
  const count = (action) => rows.filter((one) => one.action === action).length;
  const packed = made ? { name: "某街道党工委-邀请.zip", base64: "UEs=" } : null;
  return { rows, faults: [{ sheet: "Sheet1", cell: "C8", code: "circle", text: "乙" }], questions: asked, bodies: count("body"), custody: count("custody"), invited: count("invite"), files: [], packed, addresses: [] };
}

export const handlers = {
  "body.list": (state) => ({ rows: bodies(state), kinds, offices: state.org.filter((one) => one.id).map(({ id, name }) => ({ id, name })) }),
  "body.tree": tree,
  "body.save": (state, input) => {
    if (input.from === "昨日前") throw new Fault("date_not_understood", { text: input.from }, "from");
    const id = input.id ?? state.id("b");
    const units = input.units.map((unit) => unit.trim()).filter(Boolean);
    const part = { ...input, id, units };
    if (input.id) Object.assign(find(state, id), body(state, part));
    else bodies(state).unshift(body(state, part));
    state.touch("member");
    return { id, late: false };
  },
  "body.change": (state, input) => {
    const one = find(state, input.body);
    if (input.kind === "ended") Object.assign(one, { state: "ended", until: today });
    if (input.kind === "renamed") one.name = input.to;
    one.changes = [{ id: state.id("c"), on: input.on || today, kind: input.kind, to: input.to, note: input.note, void: false, recordedOn: today, custodian: false }, ...one.changes];
    state.touch("member");
    return { id: one.changes[0].id, late: false };
  },
  "body.void": (state, { id }) => {
    for (const one of bodies(state)) one.changes = one.changes.map((change) => (change.id === id ? { ...change, void: true } : change));
    state.touch("member");
    return {};
  },
  "org.list_preview": (state, input) => list(state, input, false),
  "org.list_import": (state, input) => {
    if (questions.some((one) => input.answers[one.id] === undefined)) throw new Fault("import_unanswered", { count: 2 }, "answers");
    state.touch("office", "member", "join");
    return list(state, input, true);
  },
  "custody.list": (state) => (state.role === "committee" ? (state.custody ??= [
    { office: "c0001", name: "庚村党支部", state: "kept", on: null, backupOn: "2026-03-01" },
    { office: "c0002", name: "辛村党支部", state: "taken", on: "2026-02-10", backupOn: "2026-03-01" },
  ]) : []),
  "custody.hand_back": (state, { office }) => {
    const row = handlers["custody.list"](state).find((one) => one.office === office);
    Object.assign(row, { state: "handed", on: today });
    state.touch("office");
    return { file: { name: `${row.name}-交回.ybzh`, base64: "WUJaSA==" }, code: "7K2M-04QF-9XWB-J3TD-ZR5C", name: row.name, books: 6, changes: 128, bytes: 40960 };
  },
  "custody.take_over": (state, { code }) => {
    if (code.replaceAll(/[\s-]/g, "").length !== 20) throw new Fault("custody_code", {}, "code");
    const office = { id: "e".repeat(32), name: "庚村党支部", kind: "branch", role: "keeper", custody: false, ownBooks: true, superior: "某街道党工委", tree: "t".repeat(64), region: null, sample: false };
    state.offices = [office];
    state.role = "branch";
    state.touch("office");
    return { office: office.id, name: office.name, from: "某街道党工委", madeOn: "2026-03-19", changes: 128 };
  },
};
