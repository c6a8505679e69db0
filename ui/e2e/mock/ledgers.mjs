import { Fault, hex, today } from "./state.mjs";
import { sentDown } from "./month.mjs";
import { page } from "./frame.mjs";

/** Names of the units below: as many as a test asks for. */
const five = ["甲村党支部", "乙村党支部", "丙村党支部", "丁社区党支部", "戊村党支部"];
export const unitName = (n) => five[n] ?? `第${n + 1}村党支部`;
export const unitCount = (state) => state.units ?? five.length;
export const unitId = (n) => `b000${n}`;

/** One never joined, one is silent; the rest deliver. */
const invited = (n) => n === 4;
const silent = (n) => n === 2;
const units = (state) => Array.from({ length: unitCount(state) }, (_, n) => n);

const both = (zh, en) => ({ zh, en });
const rule = (id, citation) => ({ id, version: "2026.1", citation, text: citation });
const said = {
  dispatched: [both("上级交办", "Sent down"), both("过了时限还没报完成的，街道会来问，可以督办。", "What is not reported by the day is asked about."), both("先签收，再记进展；办好的报完成。有困难请写明，街道一起想办法。", "Acknowledge it, record progress, report it when done."), "上级交办时定的时限"],
  submission: [both("月度提交", "Month's submission"), both("没提交的月份在完成情况里显示未提交，汇总时写明缺报。", "A month that is not submitted shows so."), both("到“月底核对”看一遍，提交；已经提交的，联网送一次。", "Check the month and submit it."), "街道月报的通行做法：次月10日前"],
  session: [both("组织生活", "Session due by the rule"), both("这一期没有开，完成情况里显示规定应有、未录，述职评议时会问。", "The period has none."), both("安排一次；已经开过的补录，补录会写明。", "Arrange one."), "《中国共产党支部工作条例（试行）》第十一条至第十三条"],
  item: [both("清单事项", "Checklist item"), both("过了时限，月底核对时列为没办完的，明年的清单里还看得到。", "Told as unfinished."), both("办好了记一条进展；办不完的，写明原因，把时限改到办得到的一天。", "Record what was done."), "本单位自己定的时限"],
  term: [both("任期届满", "End of a term"), both("届满没有换届，新任职务不合规定；提前或延期要报上级批准。", "Posts are held against the rule."), both("届满前提请换届；要延期的，先报上级批准，一般不超过1年。", "Ask for the election in time."), "《中国共产党支部工作条例（试行）》《中国共产党基层组织选举工作条例》"],
  flow: [both("流程时限", "Deadline of a matter"), both("过了时限照样办，办结时会写明晚了几天；逾期的可以督办。", "It is still worked on."), both("打开这一件，办下一步；来不及的，请有权的一方延期并写明理由。", "Open it and do the next step."), "群工系统：受理、交办、办理、反馈、评价，可上交、下交"],
};

const days = (day) => Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);

function entry(kind, day, code, title, of) {
  const [name, consequence, remedy, citation] = said[kind];
  return { key: `${kind}-${day}-${code}`, day, days: days(day), kind, code, title, units: of, name, consequence, remedy, citation, rule: kind === "session" ? rule("frequency", citation) : null };
}

const here = (state, record = null) => ({ office: state.offices[0].id, name: state.offices[0].name, here: true, record, count: 0, asOf: null, unknown: false });
const below = (n, unknown = false) => ({ office: unitId(n), name: unitName(n), here: false, record: hex("5e", n), count: 0, asOf: silent(n) ? "2025-09-02" : "2026-03-17", unknown: unknown || silent(n) });

/** What is due: of a branch its own things, of a street what those below owe. */
function dues(state) {
  const joined = units(state).filter((n) => !invited(n));
  if (state.role !== "committee") {
    return [
      entry("submission", "2026-03-10", "2026-02", "", [here(state)]),
      entry("item", "2026-03-20", "", "维修文化广场照明", [here(state, "aa0000")]),
      entry("session", "2026-03-31", "members_meeting", "", [here(state)]),
      entry("dispatched", "2026-04-10", "", "防汛检查", [here(state, "5e0000")]),
      entry("term", "2026-05-20", "", "", [here(state)]),
    ];
  }
  return [
    entry("dispatched", "2026-02-28", "", "冬季防火", [below(1)]),
    entry("submission", "2026-03-10", "2026-02", "", joined.filter((n) => n % 3 === 2).map((n) => below(n))),
    entry("flow", "2026-03-18", "群众诉求办理：办结时限", "三组路灯不亮", [here(state, "c1")]),
    entry("dispatched", "2026-03-25", "", "春季森林防火", joined.slice(0, 3).map((n) => below(n))),
    entry("session", "2026-03-31", "members_meeting", "", joined.filter((n) => n % 2 === 1).map((n) => below(n))),
    entry("dispatched", "2026-04-10", "", "防汛检查", joined.slice(0, 2).map((n) => below(n))),
    entry("term", "2026-05-20", "", "", [below(1)]),
  ];
}

const absentUnits = (state) => units(state).filter((n) => silent(n) || invited(n)).map((n) => ({ office: invited(n) ? null : unitId(n), name: unitName(n), state: invited(n) ? "never_joined" : "not_synced", asOf: invited(n) ? null : "2025-09-02" }));

function calendar(state, { from, to, office, kinds }) {
  const wanted = dues(state)
    .map((one) => ({ ...one, units: one.units.filter((unit) => !office || unit.office === office) }))
    .filter((one) => one.units.length > 0 && (kinds.length === 0 || kinds.includes(one.kind)));
  const now = from <= today && today <= to;
  return {
    from, to, today,
    entries: wanted.filter((one) => one.day >= from && one.day <= to),
    earlier: now ? wanted.filter((one) => one.day < from) : [],
    absent: state.role === "committee" ? absentUnits(state).filter((unit) => !office || unit.office === office) : [],
  };
}

/** Polite texts: of one unit, or of all that are late. */
function urge(state, input) {
  const asked = input.batch
    ? batchOf(state, input.batch).rows.filter((row) => !row.finished && row.state !== "done").map((row) => [row.office, row.officeName, `交办“${batchOf(state, input.batch).title}”`])
    : units(state).filter((n) => !invited(n) && (silent(n) || n % 3 === 2)).map((n) => [unitId(n), unitName(n), input.ledger ? "2026年2月的三会一课还没有记录" : "2026年2月的台账还没有提交"]);
  const rows = asked.filter(([office]) => !input.office || office === input.office)
    .map(([office, name, what]) => ({ office, name, text: `${name}：您好！想提醒一件事：${what}，时限2026年3月10日，已过8天。依据：街道月报的通行做法：次月10日前。到“月底核对”看一遍，提交。已经办好的，联网送一次就行；有困难请告诉我们，一起想办法。某街道党工委 2026年3月18日` }));
  return { rows, all: rows.map((row) => row.text).join("\n\n") };
}

/** What was sent together; the first one is what the other screens know item by item. */
function batches(state) {
  state.batches ??= [{ id: "ba0000", title: "防汛检查", measure: "逐户排查,月底前报结果", deadline: "2026-04-10", on: "2026-03-05" }];
  return state.batches;
}

function batchOf(state, id) {
  const one = batches(state).find((batch) => batch.id === id);
  if (!one) throw new Fault("not_found", { id });
  const sent = one.to ?? units(state).filter((n) => !invited(n)).map(unitId);
  const rows = sent.map((office) => {
    const n = units(state).find((unit) => unitId(unit) === office) ?? 0;
    const known = one.id === "ba0000" ? sentDown(state).find((item) => item.office === office) : undefined;
    return {
      id: known?.id ?? `${one.id}${n}`, office, officeName: unitName(n), state: known?.state ?? "open", acknowledged: known?.acknowledged ?? false, finished: known?.finished ?? false, disputed: known?.disputed ?? false,
      person: known?.person ?? "", asOf: silent(n) ? "2025-09-02" : "2026-03-17", unknown: !known?.acknowledged && (silent(n) || one.on >= today), overdue: false,
    };
  });
  return { ...one, rows };
}

function summary(state, one) {
  const { rows } = batchOf(state, one.id);
  const count = (word) => rows.filter((row) => row.state === word).length;
  return { id: one.id, title: one.title, deadline: one.deadline, days: days(one.deadline), count: rows.length, acknowledged: rows.filter((row) => row.acknowledged).length, inProgress: count("in_progress"), done: count("done"), accepted: count("accepted"), returned: count("returned"), disputed: 0 };
}

const groups = (state) => (state.unitGroups ??= [{ id: "9a00", name: "沿河各村", units: [0, 1].map((n) => ({ id: unitId(n), name: unitName(n) })), gone: 0 }]);

function mergedGroups(state, input, list) {
  const rows = list({ ...input, limit: 100_000, offset: 0 }).filter((row) => (!input.state || row.state === input.state) && (!input.kind || row.kind === input.kind));
  const of = (key, name, some, absent = "") => ({ key, name, count: some.length, amountFen: input.ledger === "dues" ? some.reduce((sum, row) => sum + (row.amountFen ?? 0), 0) : null, late: some.filter((row) => row.late).length, conflicts: 0, absent });
  const by = (key) => [...new Set(rows.map(key))].toSorted().map((value) => of(value, "", rows.filter((row) => key(row) === value)));
  const absent = [...absentUnits(state), ...units(state).filter((n) => n === 1).map((n) => ({ office: unitId(n), name: unitName(n), state: "not_submitted", asOf: "2026-03-17" }))].map((one) => ({ ...one, months: one.state === "not_submitted" ? [2] : [] }));
  const grouped = {
    "": [],
    unit: units(state).map((n) => of(invited(n) ? "" : unitId(n), unitName(n), rows.filter((row) => row.office === unitId(n)), absent.find((one) => one.name === unitName(n))?.state ?? "")),
    month: by((row) => row.date.slice(0, 7)), kind: by((row) => row.kind), state: by((row) => row.state),
  };
  const all = list({ ledger: input.ledger, limit: 100_000, offset: 0 });
  const words = (key) => [...new Set(all.map(key))].filter(Boolean).toSorted();
  return { total: of("", "", rows), groups: grouped[input.by], kinds: words((row) => row.kind), states: words((row) => row.state), absent };
}

export const handlersWith = (merged) => ({
  "desk.calendar": calendar,
  "desk.urge": urge,
  "dispatch.sent": (state, input) => page(batches(state).map((one) => summary(state, one)).filter((one) => !input.text || one.title.includes(input.text)), input),
  "dispatch.batch": (state, { id }) => batchOf(state, id),
  "dispatch.send": (state, input) => {
    const id = state.id("ba");
    batches(state).unshift({ id, title: input.title, measure: input.measure, deadline: /^\d{4}-/.test(input.deadline) ? input.deadline : "2026-04-30", on: today, to: input.to });
    state.drafts = state.drafts.filter((draft) => draft.form !== "dispatch");
    state.touch("checklist");
    return { id, late: false };
  },
  "dispatch.groups": groups,
  "dispatch.group_save": (state, { id, name, units: of }) => {
    const row = { id: id ?? state.id("9a"), name, units: units(state).filter((n) => of.includes(unitId(n))).map((n) => ({ id: unitId(n), name: unitName(n) })), gone: 0 };
    state.unitGroups = [...groups(state).filter((one) => one.id !== row.id), row];
    state.touch("checklist");
    return { id: row.id, late: false };
  },
  "merged.groups": (state, input) => mergedGroups(state, input, (asked) => merged(state, asked)),
  "merged.export": (_, input) => ({ name: `合并台账-${input.ledger}.xlsx`, base64: Buffer.from("made up").toString("base64") }),
});
