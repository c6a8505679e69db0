// Profiles and the lock, roles and who reads residents, and the local log, as the node tells them.
import { Fault } from "./state.mjs";

/** A locked stand-in answers these and nothing else, as the node does. */
export const open = new Set(["profile.list", "profile.choose", "profile.lock"]);

export const locked = (state) => (state.profiles?.length ?? 0) > 0 && state.seat === null;

const standings = [["keeper", true, false], ["keeper", false, false], ["clerk", true, true], ["clerk", true, false], ["clerk", false, true], ["custodian", true, true], ["custodian", true, false], ["viewer", true, true]]
  .map(([role, compared, granted]) => ({ role, compared, granted }));
const own = (one) => one.compared && (one.role === "keeper" || (one.role !== "viewer" && one.granted));
const book = (kind, sent, rights) => ({ kind, sent, rights: standings.map(rights) });

const roles = {
  standings,
  books: [
    ...["roster", "meetings", "dues", "visits", "tasks"].map((name) => book(`up/${name}`, false, (one) => (one.role === "viewer" ? "r" : "rw"))),
    book("down/dispatch", false, () => "r"), book("down/dispatch", true, (one) => (one.role === "viewer" ? "r" : "rw")),
    ...["households", "private", "desk"].map((name) => book(`own/${name}`, false, (one) => (own(one) ? "rw" : ""))),
  ],
  acts: ["enrol", "grant", "adopt", "remove", "remove_keeper", "remove_below"].map((act) => ({
    act, may: standings.map((one) => one.role === "keeper" && act !== "remove_keeper" && (act !== "grant" || one.compared)),
  })),
};

const line = (seq, code, params = {}, profile = null) => ({ seq, on: "2026-03-17", code, params, profile });
const lines = [
  line(6, "export", { format: "xlsx", year: "2026", profile: "p1" }, "王甲一"), line(5, "private_opened", { count: "3", profile: "p1" }, "王甲一"),
  line(4, "profile_chosen", { profile: "p1" }, "王甲一"), line(3, "own_books_granted", { device: "99aa01f2c4".padEnd(64, "0") }), line(2, "certificate_issued", { device: "99aa01f2c4".padEnd(64, "0") }), line(1, "incarnation"),
];

const readers = (state) => [
  { device: "dev-00", holder: null, here: true, role: state.offices[0]?.role ?? "keeper", custody: false, compared: true, granted: false, reads: true, mayBeGranted: false },
  { device: "99aa01f2c4".padEnd(64, "0"), holder: "李乙二", here: false, role: "clerk", custody: false, compared: true, granted: state.granted ?? false, reads: state.granted ?? false, mayBeGranted: !state.granted },
  { device: "77bb01f2c4".padEnd(64, "0"), holder: null, here: false, role: "custodian", custody: true, compared: false, granted: false, reads: false, mayBeGranted: true },
];

export const handlers = {
  "profile.list": (state) => ({
    profiles: (state.profiles ?? []).map(({ id, name, hidden }) => ({ id, name, hidden, waitS: 0, drafts: 0 })), current: state.seat, locked: locked(state),
    lockMinutes: state.lockMinutes ?? null, language: state.settings.language ?? null, largeType: state.settings.largeType ?? false, theme: state.settings.theme ?? null,
  }),
  "profile.choose": (state, input) => {
    const one = state.profiles.find((profile) => profile.id === input.id);
    if (one.pin !== input.pin) throw new Fault("pin_wrong", { left: "4" }, "pin");
    state.seat = one.id;
    state.touch("profile");
  },
  "profile.lock": (state) => {
    state.seat = null;
  },
  "profile.lock_after": (state, input) => {
    state.lockMinutes = input.minutes;
    state.touch("profile");
  },
  "profile.save": (state, input) => {
    if (input.pin !== null && !/^\d{4,12}$/.test(input.pin)) throw new Fault("pin_form", {}, "pin");
    const known = (state.profiles ?? []).find((one) => one.id === input.id);
    if (known) Object.assign(known, { name: input.name, hidden: input.hidden }, input.pin === null ? {} : { pin: input.pin });
    const id = known?.id ?? `p${(state.profiles?.length ?? 0) + 1}`;
    if (!known) state.profiles = [...(state.profiles ?? []), { id, name: input.name, pin: input.pin, hidden: input.hidden }];
    state.touch("profile");
    return { id, late: false };
  },
  "profile.remove": (state, input) => {
    state.profiles = state.profiles.filter((one) => one.id !== input.id);
    state.touch("profile");
  },
  roles: () => roles,
  "device.readers": readers,
  "device.grant": (state) => {
    state.granted = true;
    state.touch("office");
  },
  "log.list": () => ({ total: lines.length, rows: lines }),
  "log.verify": (_, input) => {
    const missing = input.anchors.filter((hash) => hash.startsWith("f"));
    return { sound: missing.length === 0, lines: 6, broken: missing.length > 0 ? 7 : null, head: "ab".repeat(32), anchored: 4, missing, device: null };
  },
  "log.anchors": (state) => (state.offices[0]?.superior ? [{ device: "dev-01", office: state.offices[0].superior, on: "2026-03-05", head: "3c9e41d07a".padEnd(64, "5") }] : []),
  "log.export": () => ({ name: "本机日志-2026-03-18.ybzl", base64: Buffer.from("{}").toString("base64") }),
};
