import { Fault, today } from "./state.mjs";
import { far, page, readDate } from "./frame.mjs";
import { plain, sentDown } from "./month.mjs";

const has = (text, ...fields) => !text || fields.some((field) => String(field ?? "").toLowerCase().includes(text.toLowerCase()));

function byId(rows, input) {
  const one = rows.find((row) => row.id === input.id);
  if (!one) throw new Fault("not_found", { id: input.id });
  return one;
}

export const handlers = {
  "checklist.list": (state, input) => page((input.below ? sentDown(state) : state.items).filter((one) => (!input.origin || input.origin === one.origin) && (!input.office || input.office === one.office) && (!input.state || input.state === one.state || (input.state === "unfinished" && !one.finished) || (input.state === "finished" && one.finished) || (input.state === "awaits_acceptance" && one.state === "done")) && has(input.text, one.title, one.person)), input),
  "checklist.get": (state, input) => byId([...state.items, ...sentDown(state)], input),
  "checklist.save": (state, input) => {
    const old = state.items.find((one) => one.id === input.id);
    far(readDate(input.deadline), input, "deadline");
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
  "checklist.accept": (state, input) => {
    const one = state.items.find((row) => row.id === input.id);
    if (one.state !== "done" && one.state !== "accepted") throw new Fault("item_not_done");
    if (input.person === one.person) throw new Fault("accepts_own", {}, "person");
    one.decisions = [...(one.decisions ?? []), { accepted: input.accept, note: input.note, on: input.on ? readDate(input.on) : today, person: input.person }];
    Object.assign(one, { state: input.accept ? "accepted" : "returned", finished: input.accept });
    state.touch("checklist");
    return { id: one.id, late: false };
  },
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
