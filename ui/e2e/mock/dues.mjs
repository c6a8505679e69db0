import { Fault, today } from "./state.mjs";
import { readDate } from "./frame.mjs";

const rule = { id: "dues.salaried", version: "2026.1", citation: "《关于中国共产党党费收缴、使用和管理的规定》", text: "每月工资收入 3000 元以下按 0.5%,3000 至 5000 元按 1%,5000 至 10000 元按 1.5%,10000 元以上按 2%。" };

function assess(input) {
  if (input.class === "farmer" || input.class === "hardship") {
    if (!input.fixedFen && input.class === "farmer") throw new Fault("amount_out_of_range", {}, "fixedFen");
    return { monthlyFen: input.fixedFen ?? 0, rateBp: null, arithmetic: `每月 ${((input.fixedFen ?? 0) / 100).toFixed(2)}`, capped: false, rule };
  }
  if (input.class === "student") return { monthlyFen: 20, rateBp: null, arithmetic: "每月 0.20", capped: false, rule };
  if (!input.baseFen) throw new Fault("required", {}, "baseFen");
  const base = input.baseFen;
  const bp = input.class === "retired" ? (base <= 500000 ? 50 : 100) : base <= 300000 ? 50 : base <= 500000 ? 100 : base <= 1000000 ? 150 : 200;
  const monthlyFen = Math.floor((base * bp + 5000) / 10000);
  return { monthlyFen, rateBp: bp, arithmetic: `${(base / 100).toLocaleString("en", { minimumFractionDigits: 2 })} × ${bp / 100}% = ${(monthlyFen / 100).toFixed(2)}`, capped: monthlyFen > 100000, rule };
}

function sheet(state) {
  const rows = state.members.filter((one) => !one.leftOn).map((one) => {
    const known = state.assessments.get(one.id);
    const months = Array.from({ length: 12 }, (_, n) => {
      const month = `2026-${String(n + 1).padStart(2, "0")}`;
      const payments = state.payments.filter((pay) => pay.member === one.id && pay.month === month);
      return { month: n + 1, dueFen: known?.monthlyFen ?? 0, paidFen: payments.reduce((sum, pay) => sum + pay.amountFen, 0), payments: payments.map(({ member, month: owed, ...pay }) => pay), double: payments.filter((pay) => pay.amountFen > 0 && !pay.reversed).length > 1 };
    });
    const past = months.slice(0, Number(today.slice(5, 7)));
    return { member: one.id, name: one.name, class: known?.class ?? null, baseFen: known?.baseFen ?? null, rateBp: known?.rateBp ?? null, monthlyFen: known?.monthlyFen ?? 0, months, dueFen: past.reduce((sum, cell) => sum + cell.dueFen, 0), paidFen: months.reduce((sum, cell) => sum + cell.paidFen, 0), reason: known?.rateBp ? "4,500.00 × 1% = 45.00" : "农民,每月 1.00" };
  });
  const dueFen = rows.reduce((sum, row) => sum + row.dueFen, 0);
  const paidFen = rows.reduce((sum, row) => sum + row.paidFen, 0);
  return { year: 2026, rows, dueFen, paidFen, owedFen: Math.max(0, dueFen - paidFen) };
}

export const handlers = {
  "dues.sheet": sheet,
  "dues.assess_preview": (_, input) => assess(input),
  "dues.assess": (state, input) => {
    const output = assess(input);
    state.assessments.set(input.member, { class: input.class, baseFen: input.baseFen, rateBp: output.rateBp, monthlyFen: output.monthlyFen });
    state.touch("dues");
    return output;
  },
  "dues.collect": (state, input) => {
    for (const entry of input.entries) {
      if (entry.amountFen <= 0) throw new Fault("amount_out_of_range", {}, "amountFen");
      state.payments.push({ id: state.id("bb"), ...entry, on: input.on ? readDate(input.on) : today, reverses: null, reversed: false, note: "" });
    }
    state.touch("dues");
    return { id: "bb", late: false };
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
