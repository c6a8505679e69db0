import { Fault, today } from "./state.mjs";
import { readDate } from "./frame.mjs";
import { handlers as rules, tiers } from "./rules.mjs";

export const rule = { id: "dues.salaried", version: "2026.1", citation: "《关于中国共产党党费收缴、使用和管理的规定》", text: "每月工资收入 3000 元以下按 0.5%,3000 至 5000 元按 1%,5000 至 10000 元按 1.5%,10000 元以上按 2%。" };

const yuan = (fen) => (fen / 100).toLocaleString("en", { minimumFractionDigits: 2 });

function assess(input) {
  if (input.class === "hardship") throw new Fault("hardship_is_relief", {}, "class");
  if (input.class === "farmer") {
    if (!input.fixedFen || input.fixedFen < 20 || input.fixedFen > 100) throw new Fault("amount_out_of_range", { from: 20, to: 100 }, "fixedFen");
    return { monthlyFen: input.fixedFen, rateBp: null, arithmetic: yuan(input.fixedFen), capped: false, rule, withinYear: false };
  }
  if (input.class === "student") return { monthlyFen: 20, rateBp: null, arithmetic: "0.20", capped: false, rule, withinYear: false };
  const base = input.quarterFen ? Math.floor((input.quarterFen + 1) / 3) : input.baseFen;
  if (!base) throw new Fault("required", {}, "baseFen");
  const rateBp = tiers[input.class === "retired" ? "retired" : "salaried"].find((tier) => tier.upToFen === null || base <= tier.upToFen).rateBp;
  const monthlyFen = Math.floor((base * rateBp + 5000) / 10000);
  const arithmetic = `${input.quarterFen ? `${yuan(input.quarterFen)} ÷ 3 → ` : ""}${yuan(base)} × ${rateBp / 100}% = ${yuan(monthlyFen)}`;
  return { baseFen: base, monthlyFen, rateBp, arithmetic, capped: monthlyFen > 100000, rule, withinYear: input.fromMonth !== "2026-01" };
}

const shown = ({ member, settled, ...pay }) => ({ kind: "", way: "", quarterly: false, receipt: "", lateMonths: 0, ...pay });
const standing = (payments) => payments.filter((pay) => !pay.reverses && !pay.reversed);
const double = (payments) => standing(payments).length > 1 && !standing(payments).every((pay) => pay.settled);
const now = (state) => state.members.filter((one) => !one.leftOn);

const incomplete = (state, member) => state.reliefs.some((one) => one.member === member && !one.withdrawnOn && !one.complete);

function sheet(state) {
  const rows = state.members.filter((one) => !one.leftOn).map((one) => {
    const known = state.assessments.get(one.id);
    const months = Array.from({ length: 12 }, (_, n) => {
      const month = `2026-${String(n + 1).padStart(2, "0")}`;
      const payments = state.payments.filter((pay) => pay.member === one.id && pay.month === month);
      return { month: n + 1, dueFen: known?.monthlyFen ?? 0, paidFen: payments.reduce((sum, pay) => sum + pay.amountFen, 0), fullFen: known?.monthlyFen ?? 0, incomplete: incomplete(state, one.id), payments: payments.map(shown), double: double(payments) };
    });
    const past = months.slice(0, Number(today.slice(5, 7)));
    return { member: one.id, name: one.name, class: known?.class ?? null, baseFen: known?.baseFen ?? null, rateBp: known?.rateBp ?? null, monthlyFen: known?.monthlyFen ?? 0, months, dueFen: past.reduce((sum, cell) => sum + cell.dueFen, 0), paidFen: months.reduce((sum, cell) => sum + cell.paidFen, 0), reason: known ? rule.citation : "", arithmetic: known?.arithmetic ?? yuan(known?.monthlyFen ?? 0), rules: known ? "2026.1" : "", incomplete: incomplete(state, one.id) };
  });
  const dueFen = rows.reduce((sum, row) => sum + row.dueFen, 0);
  const paidFen = rows.reduce((sum, row) => sum + row.paidFen, 0);
  const months = Array.from({ length: 12 }, (_, n) => {
    const cells = rows.map((row) => row.months[n]);
    const sum = (of) => cells.reduce((all, cell) => all + of(cell), 0);
    return { month: n + 1, dueFen: sum((cell) => cell.dueFen), paidFen: sum((cell) => cell.paidFen), owedFen: sum((cell) => Math.max(0, cell.dueFen - cell.paidFen)) };
  });
  const doubles = rows.flatMap((row) => row.months.filter((cell) => cell.double).map((cell) => ({ member: row.member, name: row.name, year: 2026, month: cell.month })));
  return { year: 2026, rows, total: rows.length, months, dueFen, paidFen, owedFen: Math.max(0, dueFen - paidFen), doubles };
}

/** Rows of a sheet that is asked for as a whole. */
const WHOLE = 300;

function yearPlan(state, input) {
  const typed = new Map((input.rows ?? []).map((row) => [row.member, row]));
  const rows = now(state).map((one) => {
    const known = state.assessments.get(one.id);
    const row = typed.get(one.id) ?? (known ? { class: known.class, baseFen: known.baseFen, fixedFen: known.class === "farmer" ? known.monthlyFen : null } : null);
    const base = { member: one.id, name: one.name, class: row?.class ?? null, baseFen: row?.baseFen ?? null, fixedFen: row?.fixedFen ?? null, fromMonth: "2026-01", beforeFen: known?.monthlyFen ?? null, monthlyFen: null, arithmetic: "", rule: row ? rule : null, capped: false, fault: "", faultField: "", done: false };
    if (!row) return { ...base, fault: "required", faultField: "class" };
    try {
      const { withinYear: _, rateBp: _rate, rule: used, ...out } = assess({ ...row, fromMonth: "2026-01" });
      return { ...base, ...out, rule: used, done: known?.yearDone === true && known.monthlyFen === out.monthlyFen };
    } catch (fault) {
      return { ...base, fault: fault.code, faultField: fault.field ?? "" };
    }
  });
  return { year: 2026, rows, total: rows.length, done: rows.every((row) => row.done), monthlyFen: rows.reduce((sum, row) => sum + (row.monthlyFen ?? 0), 0), ready: rows.filter((row) => row.fault === "" && !row.done).length, rule };
}

function arrears(state) {
  const rows = sheet(state).rows.flatMap((row) => {
    const months = row.months.slice(0, Number(today.slice(5, 7))).filter((cell) => cell.dueFen > cell.paidFen)
      .map((cell) => ({ month: `2026-${String(cell.month).padStart(2, "0")}`, openFen: cell.dueFen - cell.paidFen, reason: state.reasons.get(row.member) ?? "" }));
    return months.length === 0 ? [] : [{ member: row.member, name: row.name, months, owedFen: months.reduce((sum, one) => sum + one.openFen, 0), run: months.length > 1 && !state.reasons.has(row.member) ? 6 : months.length, remind: months.length > 1 && !state.reasons.has(row.member) }];
  });
  rows.sort((a, b) => Number(b.remind) - Number(a.remind));
  return { asOf: today, limit: 6, rule: { ...rule, id: "dues_arrears", text: "对不按照规定交纳党费的党员,应及时批评教育、限期改正。本程序只提醒,不改变任何人的状态。" }, rows, owedFen: rows.reduce((sum, row) => sum + row.owedFen, 0), left: 1, leftFen: 4500, undated: 0 };
}

function ledger(state) {
  const rows = sheet(state).rows.map((row, at) => ({
    no: at + 1, member: row.member, name: row.name, baseFen: row.baseFen, class: row.class, rateBp: row.rateBp,
    monthly: row.class ? [{ from: 1, to: 12, fen: row.monthlyFen }] : [], dueFen: row.monthlyFen * 12, paidFen: row.paidFen, elsewhereFen: 0,
    backFen: 0, aheadFen: 0, extraFen: 0, centreFen: 0, doubles: row.months.filter((cell) => cell.double).length, incomplete: row.incomplete, relieved: false,
  }));
  const sum = (field) => rows.reduce((all, row) => all + row[field], 0);
  const extraFen = state.payments.filter((pay) => pay.kind).reduce((all, pay) => all + pay.amountFen, 0);
  return { year: 2026, rows, dueFen: sum("dueFen"), paidFen: sum("paidFen"), elsewhereFen: 0, cash: { ownFen: sum("paidFen"), earlierFen: 0, laterFen: 0, extraFen, centreFen: 0, totalFen: sum("paidFen") + extraFen }, doubles: sum("doubles") };
}

function notice(state, input) {
  const rows = now(state).flatMap((one) => {
    const amountFen = state.payments.filter((pay) => pay.member === one.id && !pay.kind && pay.month >= input.fromMonth && pay.month <= input.toMonth).reduce((sum, pay) => sum + pay.amountFen, 0);
    return amountFen === 0 ? [] : [{ name: one.name, amountFen, extraFen: 0 }];
  });
  return { ...input, officeName: state.offices[0].name, rows, sumFen: rows.reduce((sum, row) => sum + row.amountFen, 0), extraFen: 0, rule: { ...rule, id: "dues_notice", text: "党支部应当每年向党员公布一次党费收缴情况。" } };
}

function remittances(state) {
  const monthOf = (pay) => Number(pay.on.slice(5, 7));
  const months = Array.from({ length: 12 }, (_, n) => ({ month: n + 1, ordinaryFen: state.payments.filter((pay) => monthOf(pay) === n + 1).reduce((sum, pay) => sum + pay.amountFen, 0), centreFen: 0 }));
  const rows = state.remittances.map((one) => {
    const covered = months.filter(({ month }) => month >= Number(one.fromMonth.slice(5)) && month <= Number(one.toMonth.slice(5)));
    const collectedFen = covered.reduce((sum, month) => sum + month.ordinaryFen, 0);
    return { ...one, collectedFen, differenceFen: collectedFen - one.amountFen - one.retainedFen };
  });
  const sum = (field) => rows.reduce((all, row) => all + row[field], 0);
  const collectedFen = months.reduce((all, month) => all + month.ordinaryFen, 0);
  const none = { openingFen: 0, collectedFen: 0, remittedFen: 0, retainedFen: 0, inHandFen: 0 };
  return { year: 2026, ordinary: { ...none, collectedFen, remittedFen: sum("amountFen"), retainedFen: sum("retainedFen"), inHandFen: collectedFen - sum("amountFen") - sum("retainedFen") }, centre: none, months, rows, rule: { ...rule, id: "dues_remittance", text: "党费按规定比例上缴上级党组织,留存部分由本级管理;票据留存备查。" } };
}

function memberPanel(state, input) {
  const one = state.members.find((member) => member.id === input.member);
  const known = state.assessments.get(one.id);
  const standings = known ? [{ id: `as-${one.id}`, fromMonth: "2026-01", class: known.class, baseFen: known.baseFen, monthlyFen: known.monthlyFen, arithmetic: known.arithmetic ?? yuan(known.monthlyFen), rule, ruleUnknown: false }] : [];
  return { member: one.id, name: one.name, standings, reliefs: state.reliefs.filter((row) => row.member === one.id).map(({ member, ...row }) => row), reliefRule: { ...rule, id: "dues_hardship", text: "交纳党费确有困难的党员,经党支部研究并报上一级党委批准后,可以少交或免交。" }, extras: state.payments.filter((pay) => pay.member === one.id && pay.kind).map(shown), extrasDouble: false, arrears: { member: one.id, name: one.name, months: [], owedFen: 0, run: 0, remind: false } };
}

export const handlers = {
  ...rules,
  "dues.sheet": (state, input) => {
    const whole = sheet(state);
    const found = whole.rows.filter((row) => !input.text || row.name.includes(input.text));
    return { ...whole, total: found.length, rows: found.slice(input.offset ?? 0, (input.offset ?? 0) + (input.limit || WHOLE)) };
  },
  "dues.assess_preview": (_, input) => { const { baseFen: _base, ...out } = assess(input); return out; },
  "dues.year_preview": yearPlan,
  "dues.assess_year": (state, input) => {
    const plan = yearPlan(state, input);
    const rows = plan.rows.filter((row) => row.fault === "" && !row.done);
    if (rows.length === 0) throw new Fault("nobody_to_assess");
    for (const row of rows) state.assessments.set(row.member, { class: row.class, baseFen: row.baseFen, rateBp: null, monthlyFen: row.monthlyFen, arithmetic: row.arithmetic, yearDone: true });
    state.touch("dues");
    return { assessed: rows.length, unchanged: plan.rows.filter((row) => row.done).length, leftOut: plan.rows.filter((row) => row.fault !== "").length };
  },
  "dues.relief": (state, input) => {
    const { withdraw, withdrawFrom, id, ...row } = input;
    const next = { ...row, id: id ?? state.id("re"), toMonth: row.toMonth || "2026-12", decidedOn: row.decidedOn && readDate(row.decidedOn), approvedOn: row.approvedOn && readDate(row.approvedOn), withdrawnOn: withdraw ? today : "", withdrawnFrom: withdraw ? withdrawFrom : "" };
    next.complete = next.decidedOn !== "" && next.approvedOn !== "";
    state.reliefs = [...state.reliefs.filter((one) => one.id !== next.id), next];
    state.touch("dues");
    return { id: next.id, late: false };
  },
  "dues.reason": (state, input) => {
    state.reasons.set(input.member, input.code);
    state.touch("dues");
    return { id: "rs", late: false };
  },
  "dues.both_right": (state, input) => {
    for (const pay of state.payments) if (input.payments.includes(pay.id)) pay.settled = true;
    state.touch("dues");
    return { id: "st", late: false };
  },
  "dues.arrears": arrears,
  "dues.ledger": ledger,
  "dues.notice": notice,
  "dues.member": memberPanel,
  "dues.remittances": remittances,
  "dues.remit": (state, input) => {
    if (state.remittances.some((one) => one.slip === input.slip)) throw new Fault("slip_used", { slip: input.slip }, "slip");
    state.remittances.push({ ...input, id: state.id("rm"), on: input.on ? readDate(input.on) : today, toMonth: input.toMonth || input.fromMonth, reverses: null, reversed: false });
    state.touch("dues");
    return { id: "rm", late: false };
  },
  "dues.remit_reverse": (state, input) => {
    const one = state.remittances.find((row) => row.id === input.payment);
    one.reversed = true;
    state.remittances.push({ ...one, id: state.id("rm"), amountFen: -one.amountFen, retainedFen: -one.retainedFen, reverses: one.id, reversed: false, note: input.reason });
    state.touch("dues");
    return { id: one.id, late: false };
  },
  "dues.assess": (state, input) => {
    const output = assess(input);
    state.assessments.set(input.member, { class: input.class, baseFen: output.baseFen ?? null, rateBp: output.rateBp, monthlyFen: output.monthlyFen, arithmetic: output.arithmetic });
    state.touch("dues");
    return output;
  },
  "dues.collect": (state, input) => {
    const receipts = new Map();
    for (const entry of input.entries) {
      if (entry.amountFen <= 0) throw new Fault("amount_out_of_range", {}, "amountFen");
      if (entry.way && /支部$|党委$/.test(entry.handedBy)) throw new Fault("dues_not_by_organization", { citation: rule.citation }, "entries.0.handedBy");
      const { extra, consent, ...pay } = entry;
      const key = `${entry.member}/${extra}`;
      if (!receipts.has(key)) receipts.set(key, { number: `2026-7K3QX-${String(state.receipts += 1).padStart(4, "0")}`, name: "", amountFen: 0 });
      receipts.get(key).amountFen += entry.amountFen;
      state.payments.push({ id: state.id("bb"), ...pay, kind: extra ? "extra" : "", quarterly: input.quarterly, receipt: receipts.get(key).number, on: input.on ? readDate(input.on) : today, reverses: null, reversed: false, note: "" });
    }
    state.touch("dues");
    return { id: "bb", late: false, receipts: [...receipts.values()], beyond: [], rule };
  },
  "dues.reverse": (state, input) => {
    const pay = state.payments.find((one) => one.id === input.payment);
    if (pay.reversed) throw new Fault("already_reversed");
    pay.reversed = true;
    state.payments.push({ ...pay, id: state.id("bb"), amountFen: -pay.amountFen, on: today, reverses: pay.id, reversed: false, note: input.reason });
    state.touch("dues");
    return { id: pay.id, late: false };
  },
};
