import { Fault, invitation, today } from "./state.mjs";
import { page } from "./frame.mjs";
import { handlersWith, unitCount, unitId, unitName } from "./ledgers.mjs";

function matrixRows(state, ledger) {
  return Array.from({ length: unitCount(state) }, (_, n) => {
    const name = unitName(n);
    const silent = n === 2;
    const invited = n === 4;
    return {
      office: invited ? null : unitId(n), name, state: invited ? "invited" : "joined", asOf: invited ? null : silent ? "2025-09-02" : "2026-03-17",
      cells: Array.from({ length: 12 }, (__, month) => {
        if (silent || invited) return { state: month > 2 ? "not_due" : "unknown", count: 0, custodian: false };
        if (month > 2) return { state: "not_due", count: 0, custodian: false };
        const count = (n * 3 + month * 2 + ledger.length) % 5;
        return { state: count ? ["recorded", "accepted", "submitted", "returned"][(n + month) % 4] : "missing", count, custodian: n === 3 && month === 1 };
      }),
    };
  });
}

function merged(_, input) {
  const rows = [];
  for (const n of [0, 1, 3]) {
    for (let k = 0; k < 6; k += 1) {
      const month = (k % 3) + 1;
      const base = { id: `m${n}${k}`, office: `b000${n}`, officeName: unitName(n), date: `2026-0${month}-${String(5 + k * 3).padStart(2, "0")}`, late: k === 4, custodian: n === 3 && k === 0, conflict: false, amountFen: null };
      const kinds = {
        visits: { kind: k % 2 ? "household" : "round_table", title: "一切正常", state: "" },
        concerns: { kind: k % 2 ? "roads" : "water", title: k % 2 ? "三组路口夜里没有路灯" : "该户反映水压不足", state: k % 2 ? "handed_in" : "in_progress" },
        meetings: { kind: k % 2 ? "members_meeting" : "committee_meeting", title: "学习文件,研究月度工作", state: "closed" },
        dues: { kind: "payment", title: `2026年${month}月党费`, state: "", amountFen: 5000 + n * 150 },
        checklists: { kind: "own", title: "维修文化广场照明", state: "in_progress" },
      };
      rows.push({ ...base, ...kinds[input.ledger] });
    }
  }
  return rows.filter((row) => (!input.office || row.office === input.office) && (!input.month || Number(row.date.slice(5, 7)) === input.month) && (!input.text || row.title.includes(input.text)) && (!input.state || row.state === input.state) && (!input.kind || row.kind === input.kind));
}

function snapshot(state, id) {
  const row = (metric, name, numerator, denominator, previous) => ({ metric, name, month: null, numerator, denominator, sources: 3, previous, definition: `${name}:按各支部已送达的台账计,截至日期见来源。` });
  return {
    id, office: "c0000001", officeName: state.role === "committee" ? "某街道党工委" : "甲街道党工委", year: 2026, madeOn: today, included: 3,
    inputs: [
      { office: "b0000", name: "甲村党支部", cause: null, asOf: "2026-03-17", heads: "ab12" },
      { office: "b0001", name: "乙村党支部", cause: null, asOf: "2026-03-17", heads: "cd34" },
      { office: "b0003", name: "丁社区党支部", cause: null, asOf: "2026-03-16", heads: "ef56" },
      { office: "b0002", name: "丙村党支部", cause: "stale", asOf: "2025-09-02", heads: null },
      { office: null, name: "戊村党支部", cause: "never_joined", asOf: null, heads: null },
    ],
    rows: [row("attendance", "到会率", 26, 30, 24), row("visits", "夜谈走访", 148, null, 131), row("concerns", "诉求办结", 41, 44, 38), row("dues", "党费收缴率", 151, 153, 150), row("something_new", "困难党员走访", null, null, null)],
    signedBy: id ? "dev-00" : null, faults: state.faults ?? [], ruleVersion: "2026.1", membersOnce: null, concernsOnce: null,
  };
}

const self = (state) => ({ id: state.offices[0]?.id ?? null, slot: null, name: state.offices[0]?.name ?? "", kind: state.offices[0]?.kind ?? "branch", depth: 0, state: "self", devices: 1, lastReceived: null, validFrom: null });
const cards = (state) => state.snapshots.map((one) => ({ id: one.id, officeName: state.role === "committee" ? "某街道党工委" : one.verified ? "甲街道党工委" : "乙街道党工委", year: 2026, madeOn: today, included: 3, missing: 2, verified: one.verified }));

export const handlers = {
  ...handlersWith(merged),
  matrix: (state, input) => ({ ledger: input.ledger, year: 2026, rows: matrixRows(state, input.ledger) }),
  "merged.list": (state, input) => page(merged(state, input), input),
  "org.tree": (state) => [self(state), ...state.org],
  "invite.list": (state) => state.invitations.map((one) => ({ ...one, waiting: state.pending.filter((row) => row.id.startsWith(`${one.id}/`)).length })),
  "invite.withdraw": (state, input) => {
    if (!state.invitations.some((one) => one.id === input.id)) throw new Fault("not_found", {}, "id");
    state.invitations = state.invitations.filter((one) => one.id !== input.id);
    state.pending = state.pending.filter((row) => !row.id.startsWith(`${input.id}/`));
    state.org = state.org.filter((node) => node.slot !== input.id);
    state.touch("join", "office");
  },
  "invite.office": (state, input) => {
    const id = state.id("s");
    state.invitations.push(invitation({ id, officeName: input.name, kind: input.kind }));
    state.org.push({ id: null, slot: id, name: input.name, kind: input.kind, depth: 1, state: "invited", devices: 0, lastReceived: null, validFrom: null });
    state.touch("join", "office");
    return { id, text: "YBZ1-KQ7M2-9XTRA-PW4EB-HN6ZD-3VCSU-8JYLF-5G2MK-QR7TX", expiresOn: "2026-03-25", addresses: ["192.0.2.10:4433"] };
  },
  "invite.device": (state, input) => {
    const id = state.id("s");
    state.invitations.push(invitation({ id, invites: "device", role: input.role, officeName: state.offices[0].name, kind: state.offices[0].kind }));
    state.touch("join");
    return { id, text: "YBZ1-DEVICE-9XTRA-PW4EB", expiresOn: "2026-03-25", addresses: ["192.0.2.10:4433"] };
  },
  "join.start": (state, input) => {
    if (!input.ticket.startsWith("YBZ1")) throw new Fault("ticket_invalid", {}, "ticket");
    state.join = { state: "waiting_approval", code: "482913", superior: "某街道党工委", error: null };
    state.touch("join");
    return state.join;
  },
  "join.state": (state) => (state.offices[0]?.superior ? { state: "joined", code: null, superior: state.offices[0].superior, error: null } : state.join),
  "join.pending": (state) => state.pending,
  "join.approve": (state, input) => {
    const one = state.pending.find((row) => row.id === input.id);
    state.pending = state.pending.filter((row) => row !== one);
    state.org = state.org.filter((node) => node.slot === null || !input.id.startsWith(`${node.slot}/`));
    state.invitations = state.invitations.filter((row) => !input.id.startsWith(`${row.id}/`));
    if (one.invites === "office") state.org.push({ id: "b0005", slot: null, name: one.officeName, kind: one.kind, depth: 1, state: "joined", devices: 1, lastReceived: null, validFrom: today });
    state.touch("join", "office");
  },
  "join.refuse": (state, input) => {
    state.pending = state.pending.filter((row) => row.id !== input.id);
    state.touch("join", "office");
  },
  "snapshot.preview": (state) => snapshot(state, null),
  "snapshot.make": (state) => {
    state.snapshots.push({ id: "7c20e4b1d9", verified: true });
    state.touch("snapshot");
    return snapshot(state, "7c20e4b1d9");
  },
  "snapshot.list": cards,
  "snapshot.get": (state, input) => snapshot(state, input.id),
  "snapshot.pull": (state) => {
    state.touch("snapshot");
    return cards(state);
  },
  "snapshot.verify": (state, input) => ({
    ok: true, digest: input.id ?? "7c20e4b1d9", tree: "t01-8842",
    checks: ["digest", "committee_signature", "committee_certificate", "branch_signature", "branch_certificate", "totals", "missing_listed"].map((code) => ({ code, subject: code.startsWith("branch") ? "甲村党支部" : "甲街道党工委", ok: true })),
  }),
  "snapshot.export": (_, input) => ({ name: `汇总-2026.${input.format}`, base64: Buffer.from("made up").toString("base64") }),
};
