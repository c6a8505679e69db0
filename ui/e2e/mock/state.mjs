// Made-up data: nobody here is real. Today is always 18 March 2026.
import { seedSessions } from "./session-seed.mjs";
import { seedCare } from "./care.mjs";
import { attendance, everyKind } from "./conflicts.mjs";

export class Fault extends Error {
  constructor(code, params = {}, field = null) {
    super(code);
    Object.assign(this, { code, params, field });
  }
}

export const today = "2026-03-18";
const family = "张李王赵陈刘杨黄周吴徐孙马朱胡林郭何高罗".split("");
const stem = "甲乙丙丁戊己庚辛壬癸".split("");
const digit = ["一", "二", "三", "四", "五"];
const pinyin = { 张: "zhang", 李: "li", 王: "wang", 赵: "zhao", 陈: "chen", 刘: "liu", 杨: "yang", 黄: "huang", 周: "zhou", 吴: "wu", 徐: "xu", 孙: "sun", 马: "ma", 朱: "zhu", 胡: "hu", 林: "lin", 郭: "guo", 何: "he", 高: "gao", 罗: "luo" };

export const personName = (n) => family[n % 20] + stem[Math.floor(n / 2) % 10] + digit[(n + Math.floor(n / 20)) % 5];
export const pinyinOf = (name) => `${pinyin[name[0]] ?? ""} ${(pinyin[name[0]] ?? "")[0] ?? ""}`;
const heard = { ...pinyin, 甲: "jia", 乙: "yi", 丙: "bing", 丁: "ding", 戊: "wu", 己: "ji", 庚: "geng", 辛: "xin", 壬: "ren", 癸: "gui", 一: "yi", 二: "er", 三: "san", 四: "si", 五: "wu" };
/** A name as it is typed by sound: whole syllables, and their first letters. Of other words nothing. */
export function spoken(name) {
  const sounds = [...name].map((sign) => heard[sign]);
  return sounds.length > 3 || sounds.includes(undefined) ? [] : [sounds.join(""), sounds.map((sound) => sound[0]).join("")];
}
export const hex = (kind, n) => `${kind}${String(n).padStart(4, "0")}`;

const offices = {
  branch: { id: "b0000001", name: "某街道甲村党支部", kind: "branch", role: "keeper", custody: false, ownBooks: true, superior: "某街道党工委", tree: "t01", region: null },
  committee: { id: "c0000001", name: "某街道党工委", kind: "committee", role: "keeper", custody: false, ownBooks: true, superior: "某区委组织部", tree: "t01", region: null },
  department: { id: "d0000001", name: "某区委组织部", kind: "organization-department", role: "keeper", custody: false, ownBooks: true, superior: null, tree: "t01", region: null },
};

export function newState(role, options) {
  const state = {
    role,
    cursor: 1,
    waiting: new Set(),
    tags: [],
    next: 9000,
    calls: [],
    settings: { language: options.language ?? null, largeType: options.largeType ?? false, recorder: "王甲一", theme: options.theme ?? null, reminderOff: false, reminderAt: null, guideDone: false },
    clockPlausible: options.clockPlausible ?? true,
    reminder: options.reminder ?? null,
    nothingWaits: options.nothingWaits ?? false,
    offices: role === "empty" ? [] : [{ ...offices[role], ...(options.deviceRole ? { role: options.deviceRole } : {}), ...(options.alone ? { superior: null, tree: null } : {}), ...(options.sample ? { name: "示例村党支部", sample: true } : {}) }],
    drafts: [],
    actions: options.actions ?? [],
    deleted: options.deleted ?? [],
    members: Array.from({ length: options.members ?? 50 }, (_, n) => member(n)),
    households: Array.from({ length: 60 }, (_, n) => household(n)),
    visits: [],
    concerns: [],
    below: [],
    pairings: [],
    aids: [],
    cares: [],
    talks: [],
    talkDue: [],
    sessions: [],
    payments: [],
    assessments: new Map(),
    reliefs: [],
    reasons: new Map(),
    remittances: [],
    packs: [],
    receipts: 0,
    items: [],
    conflicts: [],
    allConflicts: options.conflicts ?? false,
    snapshots: [],
    pending: [],
    invitations: [],
    org: [],
    units: options.units,
    join: options.interrupted
      ? { state: "waiting_approval", code: null, superior: "某街道党工委", error: { code: "join_interrupted", field: null, params: {} } }
      : { state: "none", code: null, superior: null, error: null },
    remembered: false,
    locked: options.locked ?? false,
    deviceState: options.deviceState,
    damaged: options.damaged,
    key: { passphrase: options.locked ? "老井边的槐树开花了" : null, sheetOn: null },
    backup: { last: options.backedUp ? { file: "/media/shuji/U盘/ybz-backup/ybz-2026-03-15-1f3e5d7c-1.ybzbackup", on: "2026-03-15", bytes: 1_400_000 } : null, schedule: null, trouble: null },
    profiles: options.profiles ?? [],
    seat: options.seat ?? null,
    light: options.light ?? (role === "empty" || options.alone ? "grey" : role === "department" ? "grey" : "blue"),
  };
  state.wake = () => {
    for (const wake of state.waiting) wake();
    state.waiting.clear();
  };
  state.touch = (...tags) => {
    state.cursor += 1;
    state.tags.push({ cursor: state.cursor, tags });
    state.wake();
  };
  state.id = (kind) => hex(kind, state.next++);
  if (role === "branch" && !options.bare) {
    seedBranch(state);
    seedCare(state);
  }
  seedSessions(state, options, session);
  if (role === "committee" || role === "department") seedAbove(state);
  return state;
}

function member(n) {
  const probationary = n >= 47;
  return {
    id: hex("ab", n), name: personName(n), pinyin: pinyinOf(personName(n)), sex: (n % 2) + 1, birthMonth: `19${60 + (n % 40)}-0${(n % 9) + 1}`,
    kind: probationary ? "probationary" : "full", joined: `20${String(5 + (n % 20)).padStart(2, "0")}-07`,
    group: `第${digit[Math.min(2, Math.floor(n / 17))]}党小组`, posts: n === 0 ? ["secretary"] : n < 3 ? ["committee_member"] : [],
    votes: !probationary, noVoteReason: null, leftOn: null, conflict: false, mergedInto: null,
  };
}

function household(n) {
  const name = personName(n + 7) ;
  return { id: hex("cd", n), name, door: `${Math.floor(n / 10) + 1}组${(n % 10) + 1}号`, phone: `1300000${String(1000 + n)}`, note: "", lastVisit: n % 3 ? null : "2026-01-12", visits: n % 3 ? 0 : 1 };
}

function seedBranch(state) {
  const cadres = ["王甲一", "李乙二", "陈丙三"];
  for (let n = 0; n < 12; n += 1) {
    const home = state.households[n * 3];
    state.visits.push({
      id: hex("ee", n), office: "b0000001", date: `2026-0${1 + (n % 3)}-${String(4 + n).padStart(2, "0")}`, kind: n % 3 === 1 ? "household" : n % 3 === 2 ? "consolation" : "round_table",
      household: home.name, householdErased: null, householdId: home.id, place: "", participants: cadres.slice(0, 2 + (n % 2)), situation: n % 2 ? ["elderly"] : ["normal"], situationText: n % 2 ? "屋后水沟不畅" : "",
      theme: "", minutes: null, concern: null, late: n === 4, custodian: false, conflict: n === 6,
    });
  }
  const texts = ["三组路口夜里没有路灯,行走不便", "屋后排水沟堵塞,下雨积水", `${state.households[6].name}家希望帮忙办理医保报销`];
  texts.forEach((text, n) => {
    state.concerns.push({
      id: hex("dd", n), office: "b0000001", officeName: "某街道甲村党支部", date: `2026-03-0${n + 4}`, category: ["roads", "environment", "welfare"][n], text,
      privateNote: n === 2 ? "家里老人行动不便" : "", nextStep: "报街道协调", owner: "李乙二", deadline: "2026-03-25", state: n === 0 ? "in_progress" : n === 1 ? "kept" : "kept",
      visit: state.visits[n * 3].id, unit: "", answers: [], progress: n === 0 ? [{ on: "2026-03-10", note: "已到现场看过", state: "in_progress" }] : [],
    });
    state.visits[n * 3].concern = n === 0 ? "in_progress" : "kept";
  });
  state.sessions.push(session(state, "f0000", ["committee_meeting"], "2026-03-03", "研究月度工作", true));
  state.sessions.push(session(state, "f0001", ["members_meeting"], today, "学习文件,讨论年度计划", false));
  const titles = ["维修文化广场照明", "完善村务公开栏", "整改:会议记录不全", "报送一季度学习情况"];
  titles.forEach((title, n) => state.items.push({
    id: hex("aa", n), office: "b0000001", officeName: "某街道甲村党支部", title, origin: ["own", "own", "rectification", "superior"][n], measure: n === 2 ? "补齐去年四季度记录" : "", problem: n === 2 ? "检查发现记录不全" : "",
    leader: "王甲一", person: n === 3 ? "" : "李乙二", deadline: `2026-03-${20 + n}`, state: n === 1 ? "in_progress" : "open", progress: n === 1 ? [{ on: "2026-03-09", note: "已量好尺寸" }] : [], overdue: false, late: false, conflict: false, custodian: false, finished: false, acknowledged: n !== 3, disputed: false, decisions: [], template: "",
  }));
  state.members.forEach((one, n) => {
    state.assessments.set(one.id, n % 5 === 4 ? { class: "salaried", baseFen: 450000, rateBp: 100, monthlyFen: 4500, arithmetic: "4,500.00 × 1% = 45.00" } : { class: "farmer", baseFen: null, rateBp: null, monthlyFen: 100 });
    for (const month of ["2026-01", "2026-02"]) if (!(n % 9 === 3 && month === "2026-02")) state.payments.push({ id: state.id("bb"), member: one.id, month, amountFen: state.assessments.get(one.id).monthlyFen, on: `${month}-20`, handedBy: "", reverses: null, reversed: false, note: "" });
  });
  state.conflicts.push(attendance(state.members[1].name));
  if (state.allConflicts) state.conflicts.push(...everyKind());
}

export function session(state, id, kinds, date, topic, closed) {
  const committee = kinds[0] === "committee_meeting";
  const due = state.members.filter((one) => !one.leftOn && (!committee || one.posts.length > 0));
  return {
    id, kinds, date, topic, closed, late: date < "2026-03", start: "19:30", place: "村会议室", chair: "王甲一", recorder: "李乙二", group: "", minutes: "", resolution: "", hours: null,
    roll: due.map((one) => ({ member: one.id, name: one.name, group: committee ? "" : one.group, due: true, votes: one.votes, mark: closed ? "present" : "unconfirmed", reason: "", conflict: false })),
  };
}

export function invitation(part) {
  return { invites: "office", kind: "branch", role: "keeper", expiresOn: "2026-03-25", expired: false, ownBooks: false, autoApprove: false, waiting: 0, closed: null, ...part };
}

function seedAbove(state) {
  ["三组路口夜里没有路灯", "屋后排水沟堵塞"].forEach((text, n) => state.below.push({
    id: hex("bc", n), office: "b0000001", officeName: ["某街道甲村党支部", "某街道乙村党支部"][n], date: `2026-03-0${n + 4}`, category: ["roads", "environment"][n], text, privateNote: "",
    nextStep: "报街道协调", owner: "李乙二", deadline: "2026-03-25", unit: n === 0 ? "供电所" : "", state: "handed_in", progress: [], answers: [],
  }));
  const street = state.role === "committee";
  const names = street ? ["甲村党支部", "乙村党支部", "丙村党支部", "丁社区党支部", "戊村党支部"] : ["甲街道党工委", "乙街道党工委", "丙镇党委"];
  state.org = names.map((name, n) => ({
    id: n === names.length - 1 ? null : hex(street ? "b" : "c", n), slot: n === names.length - 1 ? "s1" : null, name, kind: street ? "branch" : "committee", depth: 1,
    state: n === names.length - 1 ? "invited" : "joined", devices: n === names.length - 1 ? 0 : 1, lastReceived: n === names.length - 1 ? null : n === 2 ? "2025-09-02" : "2026-03-17", validFrom: n === names.length - 1 ? null : "2026-01-05",
  }));
  // As many more as a test asks for.
  const more = street ? Math.max(0, (state.units ?? 0) - names.length) : 0;
  const further = (_, k) => ({ id: `b000${names.length + k}`, slot: null, name: `第${names.length + k + 1}村党支部`, kind: "branch", depth: 1, state: "joined", devices: 1, lastReceived: "2026-03-17", validFrom: "2026-01-05" });
  state.org.push(...Array.from({ length: more }, further));
  const waits = { id: null, slot: "s2", kind: street ? "branch" : "committee", depth: 1, state: "waiting", devices: 0, lastReceived: null, validFrom: null };
  state.org.push({ ...waits, name: street ? "己村党支部" : "丁镇党委" });
  const kind = street ? "branch" : "committee";
  state.pending.push({ id: "s2/dev-02", invites: "office", officeName: street ? "某街道己村党支部" : "丁镇党委", invitedAs: street ? "己村党支部" : null, kind, role: "keeper", holder: "孙丁四", device: "dev-02", askedOn: today, code: "482913", byFile: false });
  if (street) {
    const own = state.offices[0];
    state.pending.push({ id: "s3/dev-03", invites: "device", officeName: own.name, invitedAs: null, kind: own.kind, role: "clerk", ownBooks: false, holder: null, device: "dev-03", askedOn: "2026-03-17", code: "170365", byFile: false });
    state.invitations.push(invitation({ id: "s3", invites: "device", role: "clerk", officeName: own.name, kind: own.kind }));
  }
  state.invitations.push(
    invitation({ id: "s1", officeName: names.at(-1), kind, expiresOn: "2026-03-11", expired: true }),
    invitation({ id: "s2", officeName: street ? "己村党支部" : "丁镇党委", kind, expiresOn: "2026-03-23" }),
  );
  if (!street) {
    state.snapshots.push({ id: "9f31c2aa70", verified: true }, { id: "41bd09e3c7", verified: false });
  }
}
