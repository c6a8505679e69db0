// Undo, deleted records and the books on a day, as the node answers them.
import { Fault, today } from "./state.mjs";

/** Actions of this person, the newest last. A test pushes what it wants to be undone. */
const actions = (state) => (state.actions ??= []);

const row = (one) => ({ id: one.id, on: today, call: one.call, recordType: one.recordType, record: one.record, title: one.title, records: one.records?.length ?? 1, undoes: one.undoes ?? null, undone: one.undone ?? false });

function find(state, id) {
  const one = actions(state).find((action) => action.id === id);
  if (!one) throw new Fault("undo_gone");
  return one;
}

/** What a story does at another place: an action of this person appears. */
export function act(state, part) {
  const all = actions(state);
  all.push({ id: (all.at(-1)?.id ?? 0) + 1, call: "visit.save", recordType: "visit", record: "ee0000", title: "2026-03-05 祠堂", fields: [], refused: [], ...part });
  state.touch("visit");
}

const deletable = (state, id) => state.visits.find((one) => one.id === id) ?? state.sessions.find((one) => one.id === id);

export const handlers = {
  "undo.list": (state, { limit }) => {
    const all = actions(state).toReversed();
    const next = all.find((one) => !one.undoes && !one.undone);
    const redo = all.find((one) => one.undoes && !one.undone);
    return { rows: all.slice(0, limit || 20).map(row), nextUndo: next?.id ?? null, nextRedo: redo && redo === all[0] ? redo.id : null };
  },
  "undo.preview": (state, { id }) => {
    const one = find(state, id);
    const records = one.refused.length > 0 ? [] : [{ record: one.record, recordType: one.recordType, title: one.title, what: one.fields.length > 0 ? "fields" : "delete", fields: one.fields }];
    return { action: row(one), records, refused: one.refused, seen: `seen-${id}` };
  },
  "undo.apply": (state, { id, choices, seen }) => {
    const one = find(state, id);
    if (seen !== `seen-${id}`) throw new Fault("changed_since");
    const open = one.fields.filter((field) => field.standing === "changed");
    if (open.some((field) => !choices.some((choice) => choice.field === field.field))) throw new Fault("undo_choose");
    one.undone = true;
    const first = one.undoes ? find(state, one.undoes) : null;
    if (first) first.undone = false;
    act(state, { ...one, undone: false, undoes: id, id: actions(state).at(-1).id + 1 });
    return { id: actions(state).at(-1).id };
  },
  "deleted.list": (state, { text }) => {
    const rows = (state.deleted ?? []).filter((one) => !text || one.title.includes(text));
    return { total: rows.length, rows };
  },
  "deleted.preview": (state, { id }) => {
    const one = deletable(state, id);
    if (!one) throw new Fault("not_found", { id });
    const session = "topic" in one;
    const record = { record: id, recordType: session ? "session" : "visit", title: `${one.date} ${session ? one.topic : one.place}`, own: false };
    const along = session ? [] : [{ record: "aa01", recordType: "visit_link", title: "", own: true }, { record: "aa02", recordType: "kept_concern", title: "", own: true }];
    const stops = session ? [{ record: "aa03", recordType: "matter", title: "2026-03-02 修路", own: false }] : [];
    return { record, along, stops, refused: "", period: "" };
  },
  "deleted.mark": (state, { id }) => {
    const one = deletable(state, id);
    state.visits = state.visits.filter((visit) => visit.id !== id);
    state.deleted = [{ id, recordType: "visit", kind: "up/visits", title: `${one.date} ${one.place}`, by: "王某", on: today, how: "deleted", along: 2, was: one }, ...(state.deleted ?? [])];
    state.touch("visit");
    return {};
  },
  "deleted.restore": (state, { id }) => {
    const one = (state.deleted ?? []).find((known) => known.id === id);
    if (!one) throw new Fault("restore_stands");
    state.deleted = state.deleted.filter((known) => known.id !== id);
    if (one.was) state.visits = [one.was, ...state.visits];
    state.touch("visit");
    return {};
  },
  "names.clean": (state, { texts, also = [] }) => {
    const words = ["钱乙二", "周大山", ...state.households.map((one) => one.name), ...also].filter((word) => word && word.length > 1);
    return texts.map((text) => words.reduce((clean, word) => clean.replaceAll(word, "该户"), text));
  },
  "past.page": (state, { day, ledger, changedOnly, text }) => {
    if (day === "2027-01-01") throw new Fault("past_future", {}, "day");
    const field = (name, values, now = null) => ({ field: name, subject: null, values, now });
    const all = {
      visits: [
        { id: "p1", recordType: "visit", date: "2026-03-05", title: "祠堂", fields: [field("place", ["祠堂"], ["村部"]), field("kind", ["round_table"])], amountFen: null, since: "changed" },
        { id: "p2", recordType: "visit", date: "2026-03-04", title: "学校", fields: [field("place", ["学校"])], amountFen: null, since: "deleted" },
        { id: "p3", recordType: "visit", date: "2026-03-01", title: "渠边", fields: [field("place", ["渠边"])], amountFen: null, since: "same" },
      ],
      dues: [{ id: "p4", recordType: "dues_payment", date: "2026-03-05", title: "赵甲一", fields: [field("amount", ["500"])], amountFen: 500, since: "same" }],
    }[ledger] ?? [];
    const rows = all.filter((one) => (!changedOnly || one.since !== "same") && (!text || one.title.includes(text)));
    return { day: "2026-03-05", total: rows.length, rows, paidFen: ledger === "dues" ? 500 : null, addedSince: 2, from: "2026-01-03", renewed: false };
  },
};
