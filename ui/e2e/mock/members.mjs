// 党员 beyond the roster: files, stays, transfers, admission, terms, as the node tells them.
import { Fault, today } from "./state.mjs";
import { page, readDate } from "./frame.mjs";

const rule = (id, citation, text) => ({ id, version: "2026.1", citation, text });
const rules = {
  extension: rule("extension", "《中国共产党发展党员工作细则》第五章", "可以延长预备期1次,不少于半年,最长不超过1年。"),
  transfer: rule("mobile_transfer", "《中国共产党党员教育管理工作条例》", "外出地点相对固定、6个月以上的,一般应当转移组织关系。"),
  lost: rule("mobile_lost", "《中国共产党党员教育管理工作条例》", "失去联系6个月以上的,由支部大会研究;不自动改变党籍。"),
  term: rule("term", "《中国共产党支部工作条例(试行)》", "村和社区每届任期5年,其他一般3年。"),
  size: rule("committee_size", "《中国共产党支部工作条例(试行)》", "正式党员7人以上设支部委员会,3至5人,一般不超过7人。"),
  fund: rule("activity_fund", "《村级党组织活动经费标准》", "每名在职人员每年1000元。"),
  step: rule("admission_object", "《中国共产党发展党员工作细则》第三章", "经过1年以上培养教育和考察,方可列为发展对象。"),
};
const stages = ["application", "talk", "activist", "review", "development_object", "training", "ask_pre_examination", "pre_examination", "vote", "ask_approval", "approval", "extension", "full_vote", "ask_full_approval", "full_approval"];
const committee = new Set(["pre_examination", "approval", "full_approval"]);

/** What these calls keep, made on first use. */
function kept(state) {
  state.more ??= {
    changes: [], private: {}, merged: {}, apart: new Set(),
    stays: [{ id: "a10001", member: state.members[5]?.id ?? "", name: state.members[5]?.name ?? "", since: "2025-08-01", until: null, region: "某省某市", place: "建筑工地", fixed: true, person: "王甲一", contacts: [], last: "2025-08-01", transferRule: rules.transfer, lostRule: rules.lost }],
    transfers: [{ id: "a20001", direction: "in", name: "孙丙三", kind: "full", place: "乙村党支部", from: "", to: null, letter: "2026-7", on: "2026-03-10", state: "passed", note: "", countedBy: "source", holders: [] }],
    applicants: [{ id: "a30001", name: "李丁四", sex: 2, birthMonth: "1996-04", applied: "2024-12-01", group: "第一党小组", person: "王甲一", member: null, closed: "", conflict: false, records: { application: [], talk: [record("r1", "2024-12-20")], activist: [record("r2", "2025-01-10")] } }],
    terms: [], posts: [], fund: [],
    cases: [{ step: "a40001", code: "pre_examination", office: "b0000", officeName: "甲村党支部", name: "李丁四", asked: "2026-03-01", latest: null, special: null, overdue: false, before: [{ code: "talk", on: "2024-12-20", reason: "", votes: null }, { code: "training", on: "2026-02-20", reason: "", votes: null }], rule: rules.step }],
    moves: [{ id: "a50001", direction: "below", name: "孙丙三", kind: "full", place: "乙村党支部", from: "甲村党支部", to: null, letter: "2026-7", on: "2026-03-10", state: "waiting", note: "", countedBy: "source", holders: [] }],
  };
  return state.more;
}

const record = (id, on, part = {}) => ({ id, on, person: "", note: "", reason: "", days: null, amount: null, session: "", votes: null, passed: null, void: false, ...part });
const find = (rows, id) => rows.find((row) => row.id === id) ?? (() => { throw new Fault("not_found", { id }); })();
const mask = (text) => (text ? `${text[0]}${"*".repeat(text.length - 2)}${text.at(-1)}` : null);

function checked(text) {
  const number = text.replace(/\s/g, "").toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) throw new Fault("id_number_form", {}, "idNumber");
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, n) => all + weight * Number(number[n]), 0);
  if ("10X98765432"[sum % 11] !== number[17]) throw new Fault("id_number_check", {}, "idNumber");
  return number;
}

function course(one) {
  let before = true;
  return stages.map((code) => {
    const records = one.records[code] ?? [];
    const done = code === "application" || records.some((row) => !row.void && row.passed !== false);
    const beside = code === "review" || code === "extension";
    const state = done ? "done" : before ? "open" : "blocked";
    const row = {
      code, by: committee.has(code) ? "committee" : "branch", state, doneOn: code === "application" ? one.applied : records.at(-1)?.on ?? null,
      earliest: code === "development_object" ? "2026-01-10" : null, latest: code === "review" ? "2025-07-10" : null, special: null, overdue: code === "review" && !done,
      missing: state === "blocked" ? [stages[stages.indexOf(code) - 1]] : [], rule: rules.step, records,
    };
    if (!beside) before = before && done;
    return row;
  });
}

function applicantRow({ records: _, ...one }) {
  const rows = course({ ...one, records: _ });
  const next = rows.find((row) => row.state !== "done" && row.code !== "review" && row.code !== "extension");
  return { ...one, next: next?.code ?? null, withCommittee: next?.by === "committee" && next.state === "open", overdue: rows.some((row) => row.overdue) };
}

export const handlers = {
  "member.past": (state, input) => { readDate(input.on); return page(state.members.filter((one) => !input.text || one.name.includes(input.text)).slice(0, 47), input); },
  "member.file": (state, input) => {
    const more = kept(state);
    const into = more.merged[input.id];
    const person = (id) => ({ id, name: find(state.members, id).name });
    return {
      row: find(state.members, input.id), changes: more.changes.filter((one) => one.member === input.id), merged: Object.entries(more.merged).filter(([, to]) => to === input.id).map(([id]) => person(id)),
      mergedInto: into ? person(into) : null, year: 2026, due: 6, present: 5, paidFen: 200, moving: false, extensionRule: rules.extension,
    };
  },
  "member.change": (state, input) => {
    const id = state.id("a6");
    kept(state).changes.push({ id, member: input.member, event: input.event, on: readDate(input.on), until: input.until || null, note: input.note, void: false });
    state.touch("member");
    return { id, late: false };
  },
  "member.change_void": (state, input) => { find(kept(state).changes, input.id).void = true; state.touch("member"); },
  "member.private": (state, input) => {
    const one = kept(state).private[input.id] ?? {};
    return { idNumber: mask(one.idNumber), phone: mask(one.phone), closed: false, differs: false, contradicts: [] };
  },
  "member.private_save": (state, input) => {
    const all = kept(state).private;
    const one = (all[input.id] ??= {});
    if (input.idNumber) {
      const number = checked(input.idNumber);
      if (!input.keep && find(state.members, input.id).birthMonth !== `${number.slice(6, 10)}-${number.slice(10, 12)}`) throw new Fault("id_number_other_birth_month", {}, "idNumber");
      one.idNumber = number;
    }
    if (input.phone) one.phone = input.phone;
    state.touch("member");
    return { filled: [] };
  },
  "member.reveal": (state, input) => ({ value: kept(state).private[input.id][input.what === "phone" ? "phone" : "idNumber"] }),
  "member.duplicates": (state) => {
    const more = kept(state);
    const [first, second] = [state.members[3], state.members.find((one) => one.twin)];
    return first && second && !more.merged[second.id] && !more.apart.has(second.id) ? [{ first, second, reasons: ["name"] }] : [];
  },
  "member.merge": (state, input) => { kept(state).merged[input.id] = input.other; state.touch("member"); },
  "member.unmerge": (state, input) => { delete kept(state).merged[input.id]; state.touch("member"); },
  "member.keep_apart": (state, input) => { kept(state).apart.add(input.id); state.touch("member"); },
  "member.below": () => ({ total: 148, moving: 1, offices: [] }),
  "mobile.list": (state, input) => page(kept(state).stays.filter((one) => (input.state === "back" || !one.until) && (!input.text || one.name.includes(input.text))), input),
  "mobile.save": (state, input) => {
    const more = kept(state);
    const old = more.stays.find((one) => one.id === input.id);
    const row = { contacts: [], transferRule: null, lostRule: null, ...old, ...input, id: input.id ?? state.id("a1"), name: find(state.members, input.member).name, since: readDate(input.since), until: input.until ? readDate(input.until) : null, last: old?.last ?? readDate(input.since) };
    more.stays = [...more.stays.filter((one) => one !== old), row];
    state.touch("member");
    return { id: row.id, late: false };
  },
  "mobile.contact": (state, input) => {
    const stay = find(kept(state).stays, input.stay);
    const on = readDate(input.on);
    stay.contacts.unshift({ on, note: input.note });
    Object.assign(stay, { last: on, lostRule: null });
    state.touch("member");
    return { id: state.id("a1"), late: false };
  },
  "transfer.list": (state, input) => page(kept(state).transfers.filter((one) => !input.text || one.name.includes(input.text)), input),
  "transfer.out": (state, input) => {
    const id = state.id("a2");
    const name = find(state.members, input.member).name;
    if (kept(state).transfers.some((one) => one.name === name && one.state === "waiting")) throw new Fault("already_moving", { name }, "member");
    kept(state).transfers.unshift({ id, direction: "out", name, kind: "full", place: input.place, from: "", to: null, letter: input.letter, on: input.on ? readDate(input.on) : today, state: input.outside ? "outside" : "waiting", note: "", countedBy: input.outside ? "nobody" : "source", holders: [] });
    state.touch("member");
    return { id, late: false };
  },
  "transfer.withdraw": (state, input) => { find(kept(state).transfers, input.id).state = "withdrawn"; state.touch("member"); },
  "transfer.accept": (state, input) => { Object.assign(find(kept(state).transfers, input.id), { state: "accepted", countedBy: "target" }); state.touch("member"); return { id: state.id("ab"), late: false }; },
  "transfer.waiting": (state) => kept(state).moves,
  "transfer.pass": (state, input) => { Object.assign(find(kept(state).moves, input.id), { state: "passed", to: "乙村党支部" }); state.touch("member"); },
  "transfer.return": (state, input) => { Object.assign(find(kept(state).moves, input.id), { state: "returned", note: input.note }); state.touch("member"); },
  "transfer.recall": (state, input) => { const row = find(kept(state).moves, input.id); Object.assign(row, row.state === "to_recall" ? { state: "withdrawn" } : { state: "waiting", to: null, note: input.note }); state.touch("member"); },
  "transfer.decline": (state, input) => { Object.assign(find(kept(state).transfers, input.id), { state: "declined", note: input.note }); state.touch("member"); },
  "transfer.keep": (state, input) => {
    const row = find(kept(state).moves, input.id);
    const holder = row.holders.find((one) => one.office === input.to);
    if (!holder) throw new Fault("office_unknown", {}, "to");
    for (const one of row.holders) one.told = one !== holder;
    Object.assign(row, { state: "leaving", to: holder.name });
    state.touch("member");
  },
  "transfer.leave": (state, input) => { find(kept(state).transfers, input.id).state = "left"; state.touch("member"); return { id: state.id("a1"), late: false }; },
  "transfer.told": (state, input) => { find(kept(state).moves, input.id).state = "accepted"; state.touch("member"); },
  "admission.list": (state, input) => page(kept(state).applicants.map(applicantRow).filter((one) => !input.text || one.name.includes(input.text)), input),
  "admission.get": (state, input) => { const one = find(kept(state).applicants, input.id); return { row: applicantRow(one), stages: course(one), roster: null }; },
  "admission.save": (state, input) => {
    const more = kept(state);
    const old = more.applicants.find((one) => one.id === input.id);
    const row = { member: null, conflict: false, records: { application: [] }, ...old, ...input, id: input.id ?? state.id("a3"), applied: readDate(input.applied) };
    more.applicants = [...more.applicants.filter((one) => one !== old), row];
    state.touch("member");
    return { id: row.id, late: false };
  },
  "admission.step": (state, input) => {
    const one = find(kept(state).applicants, input.applicant);
    const stage = course(one).find((row) => row.code === input.code);
    const on = readDate(input.on);
    if (!input.reason && (stage.state === "blocked" || (stage.earliest && on < stage.earliest))) throw new Fault("admission_too_early", { date: stage.earliest ?? "", citation: rules.step.citation, after: "" }, "reason");
    const id = state.id("a7");
    (one.records[input.code] ??= []).push(record(id, on, { person: input.person, note: input.note, reason: input.reason, days: input.days, votes: input.votes }));
    state.touch("member");
    return { id, late: false };
  },
  "admission.void": (state, input) => { for (const one of kept(state).applicants) for (const rows of Object.values(one.records)) for (const row of rows) if (row.id === input.id) row.void = true; state.touch("member"); },
  "admission.enrol": (state) => { state.touch("member"); return { id: state.id("ab"), late: false }; },
  "admission.cases": (state) => kept(state).cases,
  "admission.decide": (state, input) => {
    if (!input.passed && !input.note.trim()) throw new Fault("required", {}, "note");
    const more = kept(state);
    more.cases = more.cases.filter((one) => one.step !== input.step);
    state.touch("member");
    return { id: state.id("a4"), late: false };
  },
  "term.list": (state) => ({ terms: kept(state).terms, posts: kept(state).posts, fullMembers: 47, villageYears: 5, otherYears: 3, termRule: rules.term, sizeRule: rules.size }),
  "term.save": (state, input) => {
    const more = kept(state);
    const start = readDate(input.start);
    const row = { ...input, id: input.id ?? state.id("a8"), start, end: `${Number(start.slice(0, 4)) + input.years}${start.slice(4)}`, days: 44, trained: input.trained ? readDate(input.trained) : null, notes: ["remind", "not_trained"] };
    more.terms = [row, ...more.terms.filter((one) => one.id !== row.id)];
    state.touch("member");
    return { id: row.id, late: false };
  },
  "term.post": (state, input) => {
    const more = kept(state);
    const old = more.posts.find((one) => one.id === input.id);
    if (old) old.until = readDate(input.until);
    else more.posts.unshift({ id: state.id("a9"), member: input.member, name: find(state.members, input.member).name, post: input.post, from: readDate(input.from), until: null });
    state.touch("member");
    return { id: "a9", late: false };
  },
  "fund.list": (state) => {
    const { fund } = kept(state);
    const sum = (keep) => fund.filter(keep).reduce((all, one) => all + one.amountFen, 0);
    return { year: 2026, rows: fund, inFen: sum((one) => one.amountFen > 0), outFen: -sum((one) => one.amountFen < 0), perHeadFen: 100_000, rule: rules.fund };
  },
  "fund.save": (state, input) => {
    const id = state.id("af");
    kept(state).fund.push({ id, on: input.on ? readDate(input.on) : today, amountFen: input.amountFen, title: input.title, reversed: false, reverses: null });
    state.touch("member");
    return { id, late: false };
  },
  "fund.reverse": (state, input) => { find(kept(state).fund, input.id).reversed = true; state.touch("member"); },
};
