import { Fault, spoken, today } from "./state.mjs";

export function readDate(text) {
  const typed = text.trim();
  let match;
  if (/^(今天|今日)$/.test(typed)) return today;
  if (/^(昨晚|昨天)$/.test(typed)) return "2026-03-17";
  if ((match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed))) return iso(match[1], match[2], match[3]);
  if ((match = /^(\d{2})(\d{2})$/.exec(typed))) return iso(2026, match[1], match[2]);
  if ((match = /^(\d{1,2})[.月/-](\d{1,2})日?$/.exec(typed))) return iso(2026, match[1], match[2]);
  throw new Fault("date_not_understood", { text: typed });
}

/** A day more than a year from today is asked about once. */
export function far(date, input, field) {
  if (!input.confirmDate && (date < "2025-03-18" || date > "2027-03-18")) throw new Fault("date_far", { date }, field);
}

const iso = (year, month, day) => {
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) throw new Fault("date_not_understood", { text: `${month}${day}` });
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
};

export const late = (date) => date.slice(0, 7) < today.slice(0, 7);

export function page(rows, input) {
  const limit = input.limit || 50;
  return { total: rows.length, rows: rows.slice(input.offset, input.offset + limit) };
}

const receipt = { on: "2026-03-05", at: "21:04", by: "某街道党工委" };

function status(state) {
  const joined = state.offices[0]?.superior ?? null;
  const book = (kind, changes, unsent, never) => ({ book: `k-${kind}`, office: state.offices[0]?.name ?? "", kind, year: never ? null : 2026, changes, unsent, held: 0, neverLeaves: never, readers: never || !joined ? [] : [joined] });
  return {
    light: state.light, unsent: state.light === "green" ? 0 : 12, sending: state.sending ?? null, lastReceipt: joined ? receipt : null, problems: state.light === "yellow" ? 3 : 0,
    stopped: state.light === "red" ? "disk_full" : null, heldAbove: 0, superiorReachable: joined ? true : null,
    books: [book("up/visits", 148, 8, false), book("up/sessions", 96, 4, false), book("up/dues", 210, 0, false), book("up/tasks", 33, 0, false), book("own/households", 121, 0, true), book("own/private", 17, 0, true)],
    peers: joined ? [{ device: "dev-01", office: joined, connected: true, lastSeen: "2026-03-18" }] : [], addresses: ["192.0.2.10:4433"], ownMissing: state.ownMissing ?? [], lastBackup: state.backup.last?.on ?? null, backupTrouble: state.backup.trouble?.code ?? null,
  };
}

function dueItems(state) {
  if (state.role !== "branch") return [];
  return [
    { code: "dues_unpaid", params: { month: "2026-03", count: "50" }, target: null },
    { code: "theme_day_missing", params: { days: "13" }, target: null },
    { code: "lesson_missing", params: { days: "13" }, target: null },
    { code: "checklist_due", params: { title: "维修文化广场照明", days: "2" }, target: "aa0000" },
    { code: "concern_not_handed_in", params: { count: "2" }, target: null },
  ];
}

const later = [{ code: "committee_meeting_missing", params: { days: "13" }, target: null }, { code: "round_table_due", params: { days: "3" }, target: null }];

export const handlers = {
  search: (state, input) => {
    const hit = (rtype, row, title, date, more = {}) => ({ id: row.id, rtype, target: row.id, targetType: rtype, office: state.offices[0].id, officeName: "", date, title, kind: "", amount: 0, private: false, ...more });
    const text = input.text.trim().toLowerCase();
    const found = (words) => String(words ?? "").includes(text) || (/^[a-z]+$/.test(text) && spoken(String(words ?? "")).some((sound) => sound.startsWith(text)));
    const amount = (fen) => /^\d+(\.\d{1,2})?$/.test(text) && fen === Math.round(Number(text) * 100);
    const name = (id) => state.members.find((one) => one.id === id)?.name ?? "";
    return [
      ...state.members.filter((one) => found(one.name)).map((one) => hit("member", one, one.name, "")),
      ...state.sessions.filter((one) => one.date === text || found(one.topic)).map((one) => hit("session", one, one.topic, one.date)),
      ...state.payments.filter((one) => amount(one.amountFen)).map((one) => hit("dues_payment", one, name(one.member), one.on, { amount: one.amountFen, target: one.member, targetType: "member" })),
      ...state.households.filter((one) => found(one.name) || found(one.door)).map((one) => hit("household", one, [one.name, one.door].join(" "), "", { private: true })),
      ...state.concerns.filter((one) => found(one.text)).map((one) => hit(one.state === "kept" ? "kept_concern" : "concern", one, one.text, one.date, { private: one.state === "kept" })),
      ...state.items.filter((one) => found(one.title)).map((one) => hit(one.origin === "superior" ? "dispatched_item" : "item", one, one.title, one.deadline)),
    ].slice(0, input.limit || 20);
  },
  "node.overview": (state) => ({ device: "dev-00", version: "0.1.0", offices: state.offices, today, clockPlausible: state.clockPlausible, years: [2025, 2026] }),
  "office.init": (state, input) => {
    if (!input.name.trim()) throw new Fault("required", {}, "name");
    if (input.custody) {
      const superior = state.offices.find((one) => one.id === input.superior);
      state.offices.push({ id: "n0000002", name: input.name, kind: "branch", role: "keeper", custody: true, ownBooks: true, superior: superior.name, tree: superior.tree, region: null });
      state.touch("office");
      return { office: "n0000002", recoveryWords: null };
    }
    state.role = { "organization-department": "department", committee: "committee" }[input.kind] ?? "branch";
    state.offices = [{ id: "n0000001", name: input.name, kind: input.kind, role: "keeper", custody: input.custody ?? false, ownBooks: true, superior: null, tree: null, region: null }];
    state.touch("office");
    const root = input.kind === "organization-department";
    return { office: "n0000001", recoveryWords: root ? Array.from({ length: 24 }, (_, n) => `word${n + 1}`) : null };
  },
  "settings.get": (state) => state.settings,
  today: (state, input) => ({
    date: today, drafts: state.drafts, conflicts: state.conflicts, due: [...dueItems(state), ...(input?.all && state.role === "branch" ? later : [])], moreDue: state.role === "branch" && !input?.all ? 2 : 0,
    returned: state.role === "branch" && state.visits.length > 0 ? [{ code: "submission_returned", params: { month: "2026-01", note: "1月党员大会缺决议" }, target: "2026-01" }] : [],
    fromAbove: state.role === "branch" ? state.items.filter((one) => one.origin === "superior" && one.progress.length === 0).map((one) => ({ code: "dispatched", params: { title: one.title }, target: one.id })) : [],
    undelivered: state.role === "branch" ? 12 : 0,
    committee: state.role === "committee" ? { toDecide: state.pending.length, dueToday: 2, silent: [{ office: "b0002", name: "丙村党支部", days: 197 }, { office: "b0009", name: "庚村党支部", days: null }], newConcerns: 4 } : null,
    department: state.role === "department" ? { invited: 18, joined: 3, missing: 5, snapshots: state.snapshots.length } : null,
  }),
  "date.read": (_, input) => {
    const date = readDate(input.text);
    return { date, late: late(date) };
  },
  "changes.wait": async (state, input) => {
    if (input.cursor === 0) return { cursor: state.cursor, tags: [] };
    if (input.cursor >= state.cursor) {
      let timer;
      await new Promise((resolve) => {
        timer = setTimeout(resolve, Math.min(input.timeoutMs || 25_000, 25_000));
        timer.unref();
        state.waiting.add(resolve);
      });
      clearTimeout(timer);
    }
    const tags = state.tags.filter((one) => one.cursor > input.cursor).flatMap((one) => one.tags);
    return { cursor: state.cursor, tags: [...new Set(tags)] };
  },
  "draft.list": (state) => state.drafts,
  "draft.save": (state, input) => {
    state.drafts = state.drafts.filter((one) => one.form !== input.form || one.key !== input.key);
    if (input.value !== null) state.drafts.push({ ...input, savedOn: today });
    state.touch("draft");
  },
  "sync.status": status,
  "sync.now": (state) => {
    if (!state.offices[0]?.superior) return { delivered: false, hasSuperior: false, sent: 0, received: 0, reason: "not_joined", status: status(state) };
    state.light = "green";
    state.touch("sync");
    return { delivered: true, hasSuperior: true, sent: 12, received: 3, reason: null, status: status(state) };
  },
};
