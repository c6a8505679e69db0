// The root's keepers, cards and orders, as the node answers them.
import { Fault, today } from "./state.mjs";

const device = (text) => text.padEnd(64, "0");
const seed = () => [
  { device: device("dev-00"), here: true, inCharter: true, holder: null, ended: false, issued: [
    { seq: 1, on: "2026-01-05", what: "adopt", about: "甲街道党工委" },
    { seq: 2, on: "2026-01-06", what: "adopt", about: "乙街道党工委" },
  ] },
  { device: device("5c1e77aa90f2"), here: false, inCharter: false, holder: "孙丁四", ended: false, issued: [
    { seq: 1, on: "2026-02-10", what: "adopt", about: "丙街道党工委" },
    { seq: 2, on: "2026-03-11", what: "enrol", about: device("77ac0192dd01") },
    { seq: 3, on: "2026-03-12", what: "install", about: "丙街道党工委" },
    { seq: 4, on: "2026-03-15", what: "suspend", about: "" },
  ] },
];
const keepers = (state) => (state.rootKeepers ??= seed());
const words = (input) => {
  if (input.words.trim().split(/\s+/).length !== 24) throw new Fault("recovery_words_wrong", {}, "words");
};

export const handlers = {
  "root.state": (state) => ({ tree: "t01-8842", office: state.offices[0].name, version: state.charter ?? 1, here: true, keepers: keepers(state) }),
  "root.words": (_, input) => words(input),
  "root.renew": (state, input) => {
    words(input);
    if (state.offices.length === 0 && input.cards.length === 0) throw new Fault("root_card_needed");
    for (const lost of input.lost) Object.assign(keepers(state).find((one) => one.device === lost.device), { ended: true, inCharter: false });
    state.charter = (state.charter ?? 1) + 1;
    state.touch("office");
    return { version: state.charter, below: ["甲街道党工委", "乙街道党工委"] };
  },
  "tree.card": () => ({ name: `ybz-tree-${today}.ybzcard`, base64: btoa("card") }),
  "tree.take": (state) => ({ learned: 3, version: state.charter ?? 1 }),
  "order.preview": (state, input) => {
    const find = (id) => [{ id: state.offices[0].id, name: state.offices[0].name }, ...state.org].find((node) => node.id === id)?.name ?? null;
    if (input.from && input.from > today) throw new Fault("order_too_early", { date: input.from }, "from");
    return { office: find(input.office), former: state.offices[0].name, to: input.to ? find(input.to) : null, from: input.from ?? today, below: [] };
  },
  "order.give": (state, input) => {
    const node = state.org.find((one) => one.id === input.office);
    if (input.kind !== "move") node.state = "closed";
    state.touch("office");
  },
};
