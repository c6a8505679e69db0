// Files instead of a network: bundles, requests, certificates, a list of villages.
import { Fault, invitation, today } from "./state.mjs";

const file = (name) => ({ name, base64: Buffer.from("made up").toString("base64") });

function targets(state) {
  const own = state.offices[0];
  const below = state.org.filter((node) => node.state === "joined" && node.depth === 1);
  return [
    ...(own?.superior ? [{ id: "a0001", name: own.superior, relation: "superior", devices: 2, holder: null }] : []),
    ...below.map((node) => ({ id: node.id, name: node.name, relation: "subordinate", devices: 1, holder: null })),
  ];
}

const villages = [
  { cell: "A2", name: "甲村党支部", kind: "branch", state: "joined", expiresOn: null },
  { cell: "A3", name: "己村党支部", kind: "branch", state: "open", expiresOn: "2026-03-25" },
  { cell: "A4", name: "庚村党支部", kind: "branch", state: "invited", expiresOn: null },
  { cell: "A5", name: "辛村党总支", kind: "general-branch", state: "invited", expiresOn: null },
];
const faults = [{ sheet: "各村", cell: "A6", code: "name_missing", text: "" }, { sheet: "各村", cell: "B7", code: "kind_unknown", text: "车间" }];

export const handlers = {
  "bundle.list_targets": (state) => targets(state),
  "bundle.export": (state, input) => {
    const to = targets(state).find((one) => one.id === input.to);
    if (!to) throw new Fault("bundle_no_target", { name: input.to }, "to");
    return { file: file(`${state.offices[0].name}-送-${to.name}-${today}.ybzb`), to: to.name, devices: to.devices, books: 4, changes: 37, receipt: to.relation === "subordinate", bytes: 18_233 };
  },
  "bundle.import": (state, input) => {
    if (Buffer.from(input.base64, "base64").toString() === "cut") throw new Fault("bundle_truncated");
    const [from] = targets(state);
    state.touch("sync");
    const below = from.relation === "subordinate";
    return { from: from.name, fromId: from.id, on: "2026-03-17", accepted: below ? 37 : 0, refused: 0, waiting: 0, receipt: !below, answer: below };
  },
  "request.make": (state, input) => {
    if (!input.ticket.startsWith("YBZ1")) throw new Fault("ticket_invalid", {}, "ticket");
    state.join = { state: "by_file", code: "66239 29507 45468", superior: "某街道党工委", error: null };
    state.touch("join");
    return { file: file("甲村党支部-申请加入-某街道党工委.ybzq"), code: state.join.code, superior: state.join.superior };
  },
  "request.open": (state) => {
    const row = {
      id: "s4/dev-04/1", invites: "office", officeName: "庚村党支部", invitedAs: null, kind: "branch", role: "keeper", holder: "周丙三", device: "dev-04",
      askedOn: today, code: "66239 29507 45468", byFile: true,
    };
    state.pending = [...state.pending.filter((one) => one.id !== row.id), row];
    state.touch("join");
    return { pending: row, certificate: null };
  },
  "request.approve": (state, input) => {
    state.pending = state.pending.filter((row) => row.id !== input.id);
    state.touch("join", "office");
    return file("庚村党支部-证书.ybzc");
  },
  "request.take": (state) => {
    state.join = { state: "joined", code: null, superior: "某街道党工委", error: null };
    state.touch("join", "office");
    return state.join;
  },
  "invite.bulk": (state, input) => {
    if (!input.dryRun) {
      for (const one of villages.filter((row) => row.state === "invited")) state.invitations.push(invitation({ id: state.id("s"), officeName: one.name, kind: one.kind }));
      state.touch("join", "office");
    }
    return { rows: villages, faults, files: [], packed: input.dryRun ? null : file("某街道党工委-邀请.zip"), addresses: ["192.0.2.10:4433"] };
  },
};
