import { Fault, today } from "./state.mjs";
import { late, page, readDate } from "./frame.mjs";
import { plain, sentDown } from "./month.mjs";

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

const view = ({ householdId, theme, minutes, ...row }) => ({ ...row });

function byId(rows, input) {
  const one = rows.find((row) => row.id === input.id);
  if (!one) throw new Fault("not_found", { id: input.id });
  return one;
}

export const handlers = {
  "visit.defaults": (state) => ({ date: state.clockPlausible ? today : null, kind: state.visits.at(-1)?.kind ?? "round_table", participants: ["王甲一", "李乙二"], candidates: ["王甲一", "李乙二", "陈丙三", "赵丁四"] }),
  "visit.list": (state, input) => page(state.visits.filter((one) => (!input.state || one.kind === input.state) && has(input.text, one.household, one.place, one.situationText)).toSorted((a, b) => b.date.localeCompare(a.date)).map(view), input),
  "visit.get": (state, input) => {
    const one = state.visits.find((row) => row.id === input.id);
    if (!one) throw new Fault("not_found");
    return { row: view(one), theme: one.theme, minutes: one.minutes, householdId: one.householdId, concern: state.concerns.find((row) => row.visit === one.id) ?? null };
  },
  "visit.save": (state, input) => {
    const date = readDate(input.date);
    if (!input.confirmDate && (date < "2025-03-18" || date > "2027-03-18")) throw new Fault("date_far", {}, "date");
    if (input.participants.length === 0) throw new Fault("participants_required", {}, "participants");
    if (!input.household && !input.newHousehold && !input.publicPlace) throw new Fault("household_required", {}, "household");
    const told = ["situationText", "place", "theme"].find((field) => matches(state, input[field] ?? "").length > 0);
    if (told && !input.keepMatches) throw new Fault("name_private_match", { word: matches(state, input[told])[0].text }, told);
    const home = input.newHousehold ? saveHousehold(state, input.newHousehold) : state.households.find((one) => one.id === input.household);
    const row = {
      id: input.id ?? state.id("ee"), office: "b0000001", date, kind: input.kind, household: home?.name ?? null, householdErased: null, householdId: home?.id ?? null, place: input.place, participants: input.participants, situation: input.situation,
      situationText: input.situationText, theme: input.theme, minutes: input.minutes, concern: input.concern ? "kept" : null, late: late(date), custodian: false, conflict: false,
    };
    state.visits = [...state.visits.filter((one) => one.id !== row.id), row];
    if (input.concern) {
      state.concerns.push({ ...input.concern, id: state.id("dd"), visit: row.id, office: "b0000001", officeName: "某街道甲村党支部", date, deadline: readDate(input.concern.deadline), state: "kept", progress: [] });
    }
    state.touch("visit", "household", "concern");
    return { id: row.id, late: row.late };
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
  "concern.list": (state, input) => page(state.concerns.filter((one) => (!input.state || one.state === input.state) && has(input.text, one.text)), input),
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
    const one = state.concerns.find((row) => row.id === input.id);
    const [told] = matches(state, input.note);
    if (told) throw new Fault("name_private_match", { word: told.text }, "note");
    one.progress.push({ on: input.on ? readDate(input.on) : today, note: input.note });
    one.state = input.close ? "closed" : "in_progress";
    state.touch("concern");
    return { id: one.id, late: false };
  },
  "checklist.list": (state, input) => page((input.below ? sentDown(state) : state.items).filter((one) => (!input.origin || input.origin === one.origin) && (!input.office || input.office === one.office) && (!input.state || input.state === one.state || (input.state === "unfinished" && !one.finished) || (input.state === "finished" && one.finished)) && has(input.text, one.title, one.person)), input),
  "checklist.get": (state, input) => byId([...state.items, ...sentDown(state)], input),
  "checklist.save": (state, input) => {
    const old = state.items.find((one) => one.id === input.id);
    const row = { ...plain, state: "open", progress: [], overdue: false, late: false, conflict: false, office: "b0000001", officeName: "某街道甲村党支部", ...old, ...input, id: input.id ?? state.id("aa"), deadline: readDate(input.deadline) };
    state.items = [...state.items.filter((one) => one.id !== row.id), row];
    state.touch("checklist");
    return { id: row.id, late: false };
  },
  "checklist.progress": (state, input) => {
    const one = state.items.find((row) => row.id === input.id);
    one.progress.push({ on: input.on ? readDate(input.on) : today, note: input.note });
    Object.assign(one, { state: input.state, acknowledged: true, finished: input.state === "done" && one.origin !== "superior", person: input.person || one.person });
    state.touch("checklist");
    return { id: one.id, late: false };
  },
  "dispatch.send": (state) => state.touch("checklist"),
  "member.list": (state, input) => page(state.members.filter((one) => (input.state === "left" || !one.leftOn) && has(input.text, one.name, one.pinyin, one.group)), input),
  "member.get": (state, input) => byId(state.members, input),
  "member.groups": (state) => [...new Set(state.members.map((one) => one.group).filter(Boolean))],
  "member.save": (state, input) => {
    if (!input.id && !input.distinct && state.members.some((one) => one.name === input.name)) throw new Fault("member_duplicate", { name: input.name }, "name");
    const old = state.members.find((one) => one.id === input.id);
    const row = { pinyin: "", conflict: false, ...old, ...input, id: input.id ?? state.id("ab"), votes: input.kind === "full" && !input.noVoteReason, birthMonth: input.birthMonth || null, joined: input.joined || null, group: input.group || null, noVoteReason: input.noVoteReason || null };
    state.members = old ? state.members.map((one) => (one.id === row.id ? row : one)) : [...state.members, row];
    state.touch("member");
    return { id: row.id, late: false };
  },
};
