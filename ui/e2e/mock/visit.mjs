// 夜谈走访: evenings, visits, concerns and their answers, as the node answers them.
import { far, late, page, readDate } from "./frame.mjs";
import { Fault, today } from "./state.mjs";

const has = (text, ...fields) => !text || fields.some((field) => String(field ?? "").toLowerCase().includes(text.toLowerCase()));

function saveHousehold(state, input) {
  const known = state.households.find((one) => one.id === input.id);
  if (known) return Object.assign(known, input);
  const made = { ...input, id: state.id("cd"), lastVisit: null, visits: 0 };
  state.households.push(made);
  return made;
}

function matches(state, text) {
  return state.households.flatMap((one) => [
    ...(text.includes(one.name) ? [{ kind: "name", text: one.name }] : []),
    ...(one.phone && text.includes(one.phone) ? [{ kind: "phone", text: one.phone }] : []),
  ]);
}


const bare = { table: null, occasion: "", whom: "", member: null, unit: "" };

/** What is kept of a visit beside its row. */
const view = (state, { householdId, memberId, theme, minutes, start, recorder, ...row }) => {
  const concerns = state.concerns.filter((one) => one.visit === row.id);
  return { ...bare, ...row, visits: state.visits.filter((one) => one.table === row.id).length, concerns: concerns.length, concern: row.householdErased === null ? (concerns[0]?.state ?? row.concern) : null };
};

/** A concern with what newer fields say by default. */
const whole = (one, answerable = false) => ({ visit: "", unit: "", answers: [], answeredWith: [], conflict: false, ...one, answerable });

const known = (rows, id) => {
  const one = rows.find((row) => row.id === id);
  if (!one) throw new Fault("not_found", { id });
  return one;
};

export const checkText = (state, field, text, keep, fresh = "") => {
  const [told] = [...matches(state, text ?? ""), ...(fresh && (text ?? "").includes(fresh) ? [{ text: fresh }] : [])];
  if (told && !keep) throw new Fault("name_private_match", { word: told.text }, field);
};

const stateOf = (one, input) => !input.state || one.state === input.state || (input.state === "open" && one.state !== "closed");
const made = (visit, concern, id) => ({ ...concern, id, visit: visit.id, office: "b0000001", officeName: "某街道甲村党支部", date: visit.date, deadline: readDate(concern.deadline), state: "kept", progress: [], answers: [] });

export const handlers = {
  "visit.defaults": (state) => ({ date: state.clockPlausible ? today : null, kind: "household", participants: ["王甲一", "李乙二"], candidates: ["王甲一", "李乙二", "陈丙三", "赵丁四"] }),
  "visit.list": (state, input) => page(state.visits.filter((one) => (!input.state || one.kind === input.state) && has(input.text, one.household, one.place, one.situationText)).toSorted((a, b) => b.date.localeCompare(a.date)).map((one) => view(state, one)), input),
  "visit.get": (state, input) => {
    const one = known(state.visits, input.id);
    const concerns = state.concerns.filter((row) => row.visit === one.id).map((row) => whole(row));
    const table = state.visits.find((row) => row.id === one.table);
    return {
      row: view(state, one), theme: one.theme, minutes: one.minutes, start: one.start ?? "", recorder: one.recorder ?? "", householdId: one.householdId, memberId: one.memberId ?? null,
      concern: concerns[0] ?? null, concerns, evening: table ? view(state, table) : null, visits: state.visits.filter((row) => row.table === one.id).map((row) => view(state, row)),
    };
  },
  "visit.save": (state, input) => {
    const date = readDate(input.date);
    far(date, input, "date");
    if (input.participants.length === 0) throw new Fault("participants_required", {}, "participants");
    if (!input.household && !input.newHousehold && !input.publicPlace && !input.member) throw new Fault("household_required", {}, "household");
    for (const field of ["situationText", "place", "theme", "unit"]) checkText(state, field, input[field], input.keepMatches, input.newHousehold?.name);
    const home = input.newHousehold ? saveHousehold(state, input.newHousehold) : state.households.find((one) => one.id === input.household);
    const member = state.members.find((one) => one.id === input.member);
    const { situation, situationText, theme, minutes, start, recorder, place, participants, kind, table, occasion, whom, unit } = input;
    const row = {
      id: input.id ?? state.id("ee"), office: "b0000001", date, kind, household: home?.name ?? null, householdErased: null, householdId: home?.id ?? null, memberId: member?.id ?? null, member: member?.name ?? null,
      place, participants, situation, situationText, theme, minutes, start, recorder, table, occasion, whom, unit, concern: input.concern ? "kept" : null, late: late(date), custodian: false, conflict: false,
    };
    state.visits = [...state.visits.filter((one) => one.id !== row.id), row];
    if (input.concern) state.concerns.push(made(row, input.concern, state.id("dd")));
    state.touch("visit", "household", "concern");
    return { id: row.id, late: row.late };
  },
  "visit.cadence": (state) => ({ cadence: state.cadence ?? "half_monthly" }),
  "visit.set_cadence": (state, input) => {
    state.cadence = input.cadence;
    state.touch("visit");
  },
  "household.list": (state, input) => {
    const text = input.text?.toLowerCase() ?? "";
    const latin = { 张: "zhang", 李: "li", 王: "wang", 陈: "chen", 黄: "huang", 周: "zhou" };
    return page(state.households.filter((one) => has(text, one.name, one.door) || (latin[one.name[0]] ?? "").startsWith(text)), input);
  },
  "household.save": (state, input) => {
    const saved = saveHousehold(state, input);
    state.touch("household");
    return { id: saved.id, late: false };
  },
  "concern.list": (state, input) => page(state.concerns.filter((one) => stateOf(one, input) && has(input.text, one.text)).map((one) => whole(one)), input),
  "concern.get": (state, input) => whole(known(state.concerns, input.id)),
  "concern.add": (state, input) => {
    const one = made(known(state.visits, input.visit), input.concern, state.id("dd"));
    state.concerns.push(one);
    state.touch("concern", "visit");
    return { id: one.id, late: false };
  },
  "concern.hand_in_preview": (state) => ({
    recipient: state.offices[0]?.superior ?? null,
    items: state.concerns.filter((one) => one.state === "kept").map((one) => {
      const found = matches(state, one.text);
      return { id: one.id, date: one.date, category: one.category, text: one.text, matches: found, suggestion: found.reduce((text, match) => text.replaceAll(match.text, "该户").replaceAll("该户家", "该户"), one.text) };
    }),
  }),
  "concern.hand_in": (state, input) => {
    for (const choice of input.items) {
      if (!choice.keepMatches && matches(state, choice.text).length > 0) throw new Fault("name_private_match", { word: matches(state, choice.text)[0].text }, "text");
      Object.assign(state.concerns.find((one) => one.id === choice.id), { state: "handed_in", text: choice.text });
    }
    state.touch("concern");
  },
  "concern.progress": (state, input) => {
    const one = known(state.concerns, input.id);
    checkText(state, "note", input.note, input.keepMatches);
    one.progress.push({ on: input.on ? readDate(input.on) : today, note: input.note, state: input.close ? "closed" : "in_progress" });
    one.state = input.close ? "closed" : "in_progress";
    state.touch("concern");
    return { id: one.id, late: false };
  },
  "concern.tell": (state, input) => {
    const one = known(state.concerns, input.id);
    checkText(state, "note", input.note, input.keepMatches);
    one.progress.push({ on: input.on ? readDate(input.on) : today, note: input.note, state: "closed" });
    one.state = "closed";
    state.touch("concern");
    return { id: one.id, late: false };
  },
  "concern.plan": (state, input) => {
    const one = known(state.concerns, input.id);
    for (const field of ["nextStep", "owner", "deadline"]) if (input[field].trim() === "") throw new Fault("concern_incomplete", {}, field);
    if (one.state === "closed" && input.reopen === null) throw new Fault("concern_closed");
    checkText(state, "nextStep", input.nextStep, input.keepMatches);
    if (input.reopen !== null) {
      one.progress.push({ on: today, note: input.reopen, state: "reopened" });
      one.state = "in_progress";
    }
    Object.assign(one, { nextStep: input.nextStep, owner: input.owner, deadline: readDate(input.deadline), unit: input.unit });
    state.touch("concern");
    return { id: one.id, late: false };
  },
  "answer.list": (state, input) => page(state.below.filter((one) => stateOf(one, input) && has(input.text, one.text)).map((one) => whole(one, true)), input),
  "answer.get": (state, input) => whole(known(state.below, input.id), true),
  "answer.save": (state, input) => {
    const one = known(state.below, input.id);
    if (input.text.trim() === "") throw new Fault("required", {}, "text");
    one.answers.push({ id: state.id("af"), on: input.on ? readDate(input.on) : today, text: input.text, state: input.state, unit: input.unit, officeName: "某街道党工委" });
    one.state = input.state === "handling" ? "in_progress" : "answered";
    state.touch("concern");
    return { id: input.id, late: false };
  },
};
