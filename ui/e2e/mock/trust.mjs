// Histories, changes without effect and what leaves, as the node tells them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = readFileSync(fileURLToPath(new URL("../../src/api/generated/contents.ts", import.meta.url)), "utf8");
// The generated table is a literal behind its type.
const contents = new Function(`return ${source.slice(source.indexOf("= {") + 2).trim().replace(/;$/, "")}`)();

const devices = { here: "dev-00", other: "2eb2a03dbf77".padEnd(64, "0"), stranger: "99aa01f2c4d8".padEnd(64, "0") };

function value(text, part = {}) {
  return { value: text, sealed: false, opened: [], holder: null, device: devices.here, here: true, role: "keeper", profile: null, action: null, on: "2026-03-05", standing: "stands", check: "sound", ...part };
}
const li = { device: devices.other, here: false, holder: "李乙二" };
const field = (name, ...values) => ({ field: name, subject: null, values });

function history(state, { id }) {
  const of = (recordType, title, kind, fields, part = {}) => ({
    record: id, recordType, title, book: "0".repeat(64), kind, year: kind === "up/roster" ? null : 2026, office: state.offices[0].kind === "committee" ? "甲村党支部" : state.offices[0].name,
    fields, omitted: 0, custody: "none", copied: null, sound: fields.every((one) => one.values.every((each) => each.check === "sound")), ...part,
  });
  const session = state.sessions.find((one) => one.id === id);
  if (session) {
    const marks = session.roll.map((one, n) => ({
      field: `mark/${one.member}`, subject: one.name,
      values: n === 1 ? [value("present", { standing: "conflict" }), value("excused", { ...li, standing: "conflict" })] : [value("present")],
    }));
    return of("session", `${session.date} ${session.topic}`, "up/meetings", [
      field("date", value(session.date)), field("title", value(session.topic, { ...li, on: "2026-03-06" }), value("月度工作", { standing: "replaced" })),
      field("minutes", value("一、学习文件。二、讨论计划。", { standing: "merged" }), value("一、学习文件。三、分工。", { ...li, standing: "merged" })), ...marks,
    ]);
  }
  const concern = state.concerns.find((one) => one.id === id);
  if (concern) {
    const opened = [{ name: "category", value: concern.category }, { name: "text", value: concern.text }, { name: "private_note", value: "家里老人行动不便" }];
    return of("kept_concern", "", "own/private", [field("sealed", value(null, { sealed: true, opened })), field("recorded_on", value("2026-03-05"))]);
  }
  return of("visit", "2026-03-05 祠堂", "up/visits", [
    field("date", value("2026-03-05")), field("kind", value("round_table")),
    field("place", value("祠堂", { ...li, role: "clerk", profile: "王甲一", on: "2026-03-07" }), value("村部", { standing: "replaced", check: "unattested", device: null, here: false }), value("学校", { device: devices.stranger, here: false, standing: "replaced", check: "unknown_device" })),
    field("text", value(null, { on: "2026-03-09" }), value("屋后水沟不畅", { standing: "replaced" })),
  ]);
}

function leaves(state, input) {
  const office = state.offices[0] ?? null;
  const kind = office?.kind ?? input.kind ?? "branch";
  const branch = kind === "branch";
  const to = (name) => {
    if (name.startsWith("own/")) return ["own_confirmed"];
    if (name.startsWith("down/")) return branch ? [] : ["own_devices", "addressee"];
    return ["own_devices", "superior", ...(branch ? ["committee_above"] : [])];
  };
  const books = Object.entries(contents).map(([name, records]) => ({
    kind: name, to: to(name), records: Object.entries(records).map(([record, { fields, sealed }]) => ({ name: record, fields, sealed })),
  }));
  return {
    office: office?.name ?? null, kind, superior: office?.superior ?? null, books: books.filter((book) => book.to.length > 0 && book.records.length > 0),
    figures: ["members", "lesson", "attendance", "dues", "visits"].map((code) => ({ code, rounded: false })).concat([{ code: "households", rounded: true }]),
    figuresTo: branch ? ["superior", "department"] : kind === "committee" ? ["department"] : [], about: ["office", "devices", "holders", "profiles", "receipts", "renewals"],
  };
}

export const seedTroubles = () => [
  { book: "k-1", kind: "up/visits", year: 2026, office: "丙村党支部", officeId: "of-3", mayDiscard: false, device: devices.stranger, holder: null, firstOn: "2026-03-02", lastOn: "2026-03-05", reason: "not_authorised", remedy: "certify", count: 4 },
  { book: "k-2", kind: "up/meetings", year: 2026, office: "乙村党支部", officeId: "of-2", mayDiscard: false, device: devices.other, holder: "李乙二", firstOn: "2026-03-09", lastOn: "2026-03-09", reason: "held", remedy: "update", count: 1 },
  { book: "k-3", kind: "up/roster", year: null, office: "乙村党支部", officeId: "of-2", mayDiscard: false, device: null, holder: null, firstOn: null, lastOn: null, reason: "equivocation", remedy: "report", count: 2 },
];

/** What a removed computer wrote afterwards. */
const seedLate = (state) => ["after_removal", "after_removal_kept"].map((reason, n) => ({
  book: `k-${n + 7}`, kind: n === 0 ? "up/visits" : "own/private", year: 2026, office: state.offices[0].name, officeId: state.offices[0].id, mayDiscard: true,
  device: devices.stranger, holder: "周丁四", firstOn: "2026-03-11", lastOn: "2026-03-14", reason, remedy: "adopt", count: 3 - n,
}));

export const handlers = {
  "record.history": history,
  "sync.leaves": leaves,
  "sync.troubles": (state) => {
    state.troubles ??= state.role === "committee" ? seedTroubles() : (state.lateWork ? seedLate(state) : []);
    return state.troubles;
  },
  "sync.retry_troubles": (state) => {
    state.troubles = state.troubles.filter((one) => one.remedy === "report");
    state.touch("sync");
    return { tried: 5, accepted: 4, readIn: 5, left: 2 };
  },
};
