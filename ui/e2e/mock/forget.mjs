// Erasing, taking back, check and repair, as the node answers them.
import { Fault, today } from "./state.mjs";

const household = (state, { id }) => {
  const one = state.households.find((row) => row.id === id);
  if (!one) throw new Fault("not_found", { id });
  return one;
};

const texts = (state, id) => {
  const visit = state.visits.find((row) => row.id === id);
  const item = state.items?.find((row) => row.id === id);
  const named = visit ? { text: visit.situationText, place: visit.place, theme: visit.theme } : item ? { title: item.title, text: item.measure, problem: item.problem } : {};
  return Object.entries(named).filter(([, text]) => text).map(([field, text]) => ({ field, text }));
};

const book = { book: "a1".repeat(32), kind: "up/visits", year: 2026 };

export const handlers = {
  "household.erase_preview": (state, input) => {
    const { id, name, door } = household(state, input);
    const upward = state.visits.filter((one) => one.situationText.includes(name))
      .map((one) => ({ record: one.id, book: book.book, recordType: "visit", field: "text", date: one.date, text: one.situationText }));
    return { id, name, door, visits: state.visits.filter((one) => one.householdId === id).length, kept: 1, drafts: 0, devices: ["李乙二"], superior: "某街道党工委", upward };
  },
  "household.erase": (state, input) => {
    const { id } = household(state, input);
    state.households = state.households.filter((one) => one.id !== id);
    state.visits = state.visits.map((one) => (one.householdId === id ? { ...one, household: null, householdId: null, householdErased: today, concern: null } : one));
    return { on: today };
  },
  "record.redact_preview": (state, input) => ({ record: input.record, book: book.book, fields: texts(state, input.record), superior: "某街道党工委", keeper: true, conflicts: 0 }),
  "record.redact": (state, input) => {
    const visit = state.visits.find((row) => row.id === input.record);
    const names = { text: "situationText", place: "place", theme: "theme" };
    if (!visit || input.fields.length === 0) throw new Fault("redact_nothing", {}, "fields");
    for (const field of input.fields) visit[names[field]] = "";
    return { book: book.book, on: today };
  },
  "doctor.check": (state) => ({
    sound: state.damaged !== true, books: 6, changes: 4012, records: 3400, attestations: 9, held: 0,
    findings: state.damaged === true ? [{ ...book, code: "change", what: `book ${book.book}: change ${"3f".repeat(32)} is not what the index says`, remedy: "repair" }] : [],
    damaged: state.damaged === false ? [{ ...book, rows: 1, missing: 1 }] : [],
  }),
  "doctor.repair": (state) => {
    const books = state.damaged === true ? [{ ...book, kept: 2310, waiting: 4, lost: 1 }] : [];
    if (state.damaged === true) state.damaged = false;
    return { books, sound: true };
  },
};
