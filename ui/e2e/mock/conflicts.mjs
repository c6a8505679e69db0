// Values that two computers wrote at once, and the one that settles them.
import { Fault } from "./state.mjs";

const part = (name, value) => ({ name, value });
const wang = { holder: "王甲一", device: "d".repeat(64), here: true };
const li = { holder: "李乙二", device: "e".repeat(64), profile: "李乙二" };

/** One of several values, and who wrote it. */
export function concurrent(value, by) {
  return { value, name: null, opened: [], closed: false, holder: null, device: null, here: false, role: "clerk", profile: null, on: "2026-03-05", ...by };
}

const row = (record, recordType, field, some) => ({ book: "k01", record, recordType, title: "", field, subject: null, sealed: false, entry: null, seen: "s1", ...some });

/** The conflict that every branch has. */
export const attendance = (name) => row("f0000", "session", "attendance/ab0001", {
  title: "3月3日支委会", subject: name, values: [concurrent("present", wang), concurrent("excused", li)],
});

/** Every kind of value: a sealed one, a date, an amount, somebody who is named by an id. */
export const everyKind = () => [
  row("e00001", "household", "sealed", {
    subject: "周大山", sealed: true,
    values: [
      concurrent("1".repeat(64), { ...wang, opened: [part("name", "周大山"), part("door", "3-12"), part("phone", "13900001111")] }),
      concurrent("2".repeat(64), { ...li, opened: [part("name", "周大山"), part("door", "3-12"), part("note", "独居,夜里走动不便")] }),
    ],
  }),
  row("e00002", "session", "date", { title: "3月3日支委会", entry: "date", values: [concurrent("2026-03-03", wang), concurrent("2026-03-04", wang)] }),
  row("e00003", "dues_relief", "amount", { entry: "amount", values: [concurrent("450000", wang), concurrent("460000", li)] }),
  row("e00004", "visit_link", "member", { values: [concurrent("a".repeat(32), { ...wang, name: "孙丙三" }), concurrent("b".repeat(32), { ...li, name: "赵丁四" })] }),
  row("e00005", "talk_note", "sealed", { sealed: true, values: [concurrent("3".repeat(64), { ...wang, opened: [part("text", "谈一次")] }), concurrent("4".repeat(64), { ...li, closed: true })] }),
  row("e00006", "dues_assessment", "over/2026-01", {
    subject: "钱戊五", sealed: true,
    values: [
      concurrent("e00006", { ...wang, opened: [part("kind", "salaried"), part("base", "380000"), part("amount", "3800")] }),
      concurrent("e00007", { ...li, opened: [part("kind", "salaried"), part("base", "390000"), part("amount", "3900")] }),
    ],
  }),
];

export const handlers = {
  "conflict.list": (state) => state.conflicts,
  "conflict.settle": (state, input) => {
    const settled = state.conflicts.find((one) => one.record === input.record && one.field === input.field);
    if (!settled || settled.seen !== input.seen) throw new Fault("changed_since", {}, "field");
    if (settled.values.some((one) => one.closed) && !input.unread) throw new Fault("private_closed", {}, "value");
    if (settled.entry === "date" && /^20(?!2[567])/.test(input.value) && !input.confirmDate) throw new Fault("date_far", { date: input.value }, "value");
    state.conflicts = state.conflicts.filter((one) => one !== settled);
    state.settled = settled;
    state.touch("conflict");
    // An assessment is entered once more and no value chosen; what takes that back is the undoing of the step.
    if (settled.recordType === "dues_assessment") return { undo: null };
    return { undo: { record: input.record, field: input.field, settled: "c03", values: ["c01", "c02"] } };
  },
  "conflict.reopen": (state, input) => {
    if (state.settled?.record !== input.record) throw new Fault("changed_since", {}, "field");
    state.conflicts.push(state.settled);
    state.settled = undefined;
    state.touch("conflict");
  },
};
