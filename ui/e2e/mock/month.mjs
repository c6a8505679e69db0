import { Fault, today } from "./state.mjs";
import { checkText } from "./visit.mjs";

const ledgers = ["meetings", "dues", "visits", "checklists"];
const rule = { id: "frequency", version: "2026.1", citation: "《中国共产党支部工作条例（试行）》第十一条至第十三条", text: "党员大会一般每季度召开1次；支委会会议、党小组会一般每月召开1次。" };
const parts = (counts, rows = {}) => ledgers.map((ledger, n) => ({ ledger, count: counts[n], heads: ["ab12cd34"], rows: rows[ledger] ?? [], untold: false }));

function submission(state, part) {
  return {
    id: "50aa01", office: "b0000001", officeName: "某街道甲村党支部", month: "2026-02", on: "2026-02-28", person: "王甲一", digest: "9f31c2aa70e1b2c3d4", state: "accepted", disputed: false, doubled: false,
    parts: parts([2, 50, 4, 3]), different: 0, explained: false, words: [], may: [], ...part,
  };
}

const accepted = { state: "accepted", fromAbove: true, note: "", on: "2026-03-04", person: "孙丁四", by: "街道办公电脑" };

/** Months of a branch, and what waits at its street; made when they are first asked for. */
function months(state) {
  state.months ??= {
    "2026-02": submission(state, {
      different: 2, words: [accepted], may: ["explain"],
      parts: parts([2, 50, 4, 3], { visits: [
        { how: "changed", id: "ee0001", recordType: "visit", date: "2026-02-05", title: "屋后水沟不畅" },
        { how: "added", id: "ee0004", recordType: "visit", date: "2026-02-08", title: "村口" },
      ] }),
    }),
    "2026-01": submission(state, { id: "50aa00", month: "2026-01", on: "2026-01-31", state: "returned", words: [{ ...accepted, state: "returned", note: "1月党员大会缺决议" }] }),
  };
  return state.months;
}

function waiting(state) {
  state.submissions ??= [
    submission(state, { id: "50bb00", office: "b0000", officeName: "甲村党支部", state: "pending", may: ["accept", "return"] }),
    submission(state, { id: "50bb01", office: "b0001", officeName: "乙村党支部", state: "returned", disputed: true, words: [accepted, { ...accepted, state: "returned", note: "走访太少", person: "周戊五" }], may: ["accept", "return"] }),
  ];
  return state.submissions;
}

const card = (one) => ({ id: one.id, office: one.office, officeName: one.officeName, month: one.month, state: one.state, disputed: one.disputed, on: one.on, count: 59, different: one.different, asOf: "2026-03-17" });

export function sentDown(state) {
  state.sent ??= [
    { id: "5e0000", office: "b0000", officeName: "甲村党支部", title: "防汛检查", state: "done", progress: [{ on: "2026-03-10", note: "已排查,清理水沟两处" }], acknowledged: true },
    { id: "5e0001", office: "b0001", officeName: "乙村党支部", title: "防汛检查", state: "open", progress: [], acknowledged: false },
  ].map((one) => ({ ...plain, origin: "superior", measure: "逐户排查,月底前报结果", person: one.acknowledged ? "李乙二" : "", leader: "", deadline: "2026-04-10", ...one }));
  return state.sent;
}

export const plain = { problem: "", finished: false, acknowledged: true, disputed: false, decisions: [], template: "", overdue: false, late: false, custodian: false, conflict: false };

function byId(rows, id) {
  const one = rows.find((row) => row.id === id);
  if (!one) throw new Fault("not_found", { id });
  return one;
}

/** Months and items that wait for a word of the street. */
export const undecided = (state) => ({
  submissions: waiting(state).filter((one) => one.state === "pending" || one.disputed).map(card),
  items: sentDown(state).filter((one) => one.state === "done" || one.disputed),
});

export const handlers = {
  "month.check": (state, { month }) => {
    const found = months(state)[month] ?? null;
    return {
      month, submission: found, state: found?.state ?? "none", maySubmit: !found || ["returned", "withdrawn"].includes(found.state), closed: state.closedPeriods?.includes(month) ? month : null, joined: state.offices[0]?.superior != null,
      ledgers: [
        { ledger: "meetings", count: 2, gaps: [{ code: "group_meeting", count: 1, rule }] }, { ledger: "dues", count: 44, gaps: [{ code: "dues_unpaid", count: 6, rule: null }] },
        { ledger: "visits", count: 4, gaps: [] }, { ledger: "checklists", count: 3, gaps: [] },
      ],
      openItems: state.items.slice(0, 2), openCount: 2, unconfirmed: [{ id: "f0001", date: today, title: "学习文件,讨论年度计划", count: 14 }], conflicts: 1, drafts: 0,
    };
  },
  "month.get": (state, { id }) => byId(Object.values(months(state)), id),
  "month.submit": (state, { month }) => {
    months(state)[month] = submission(state, { id: state.id("50"), month, on: today, state: "pending", may: ["withdraw"] });
    state.touch("checklist");
    return { id: months(state)[month].id, late: false };
  },
  "month.withdraw": (state, { id }) => {
    Object.assign(byId(Object.values(months(state)), id), { state: "withdrawn", may: [] });
    state.touch("checklist");
    return { id, late: false };
  },
  "month.stand": (state, { id }) => ({ id, late: false }),
  "month.explain": (state, { id, note }) => {
    const one = byId(Object.values(months(state)), id);
    Object.assign(one, { explained: true, words: [...one.words, { ...accepted, state: "explained", fromAbove: false, note, on: today, by: "办公电脑" }] });
    state.touch("checklist");
    return { id, late: false };
  },
  "submission.list": (state) => [...waiting(state).map(card), { ...card(waiting(state)[0]), id: null, office: "b0002", officeName: "丙村党支部", state: "none", on: "", count: 0, different: 0, asOf: "2025-09-02" }],
  "submission.get": (state, { id }) => byId(waiting(state), id),
  "submission.decide": (state, { id, accept, note, digest }) => {
    const one = byId(waiting(state), id);
    if (digest !== one.digest) throw new Fault("changed_since");
    Object.assign(one, { state: accept ? "accepted" : "returned", disputed: false, may: accept ? ["return"] : ["accept"], words: [...one.words, { ...accepted, state: accept ? "accepted" : "returned", note, on: today }] });
    state.touch("checklist");
    return { id, late: false };
  },
  "dispatch.decide": (state, { id, accept, note }) => {
    const one = byId(sentDown(state), id);
    Object.assign(one, { state: accept ? "accepted" : "returned", finished: accept, decisions: [...one.decisions, { accepted: accept, note, on: today, person: "孙丁四" }] });
    state.touch("checklist");
    return { id, late: false };
  },
  "period.list": (state) => (state.closedPeriods ?? []).map((period) => ({ period, closedHere: true, closedAbove: false, parts: [], different: 0, words: [{ ...accepted, state: "closed", fromAbove: false, on: today }] })),
  "period.close": (state, { period }) => {
    state.closedPeriods = [...(state.closedPeriods ?? []), period];
    state.touch("*");
  },
  "period.reopen": (state, { period }) => {
    state.closedPeriods = state.closedPeriods.filter((one) => one !== period);
    state.touch("*");
  },
  "turn.year": (state, { year }) => ({
    year: year ?? 2025,
    months: Array.from({ length: 12 }, (_, n) => ({ month: `${year ?? 2025}-${String(n + 1).padStart(2, "0")}`, state: n < 10 ? "accepted" : n === 10 ? "returned" : "none", disputed: false, closed: n < 6 })),
    openItems: state.items.slice(0, 2), openCount: 2, arrears: [{ member: state.members[3].id, name: state.members[3].name, months: 2, owedFen: 200 }], closed: false, mayClose: false, nextSessions: 3, nextAssessed: 0,
  }),
  "template.list": (state) => [
    ...(state.templates ?? []),
    { id: "secretary-month", own: false, name: "书记每月工作清单", role: "secretary", every: "month", citation: "《中国共产党支部工作条例（试行）》", version: "2026.1", entries: lines },
    { id: "branch-year", own: false, name: "支部年度工作清单", role: "", every: "year", citation: "《中国共产党支部工作条例（试行）》", version: "2026.1", entries: lines },
  ],
  "template.save": (state, input) => {
    const row = { id: input.id ?? state.id("7e"), own: true, name: input.name, role: input.role, every: input.every, citation: "", version: "", entries: input.entries };
    state.templates = [...(state.templates ?? []).filter((one) => one.id !== row.id), row];
    state.touch("checklist");
    return { id: row.id, late: false };
  },
  "template.expand": (state, { period }) => ({ entries: lines.map((line) => ({ title: line.title, measure: "", leader: "", person: "", deadline: `${period.length === 4 ? `${period}-12` : period}-${line.day || 31}` })), madeBefore: 0 }),
  "template.make": (state, { id, period, entries, keepMatches }) => {
    for (const entry of entries) checkText(state, "title", entry.title, keepMatches);
    for (const entry of entries) state.items.push({ ...plain, ...entry, id: state.id("aa"), office: "b0000001", officeName: "某街道甲村党支部", origin: "own", state: "open", progress: [], template: `${id}/${period}` });
    state.touch("checklist");
    return { count: entries.length };
  },
};

const lines = ["召开支部委员会会议", "组织主题党日", "入户走访,听取群众诉求", "月底核对并提交"].map((title, n) => ({ title, measure: "", every: "month", month: 0, day: [10, 15, 25, 0][n] }));
