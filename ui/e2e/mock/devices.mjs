// Devices of an office and its handover, as the node tells them.
const ids = { here: "dev-00", laptop: "2eb2a03dbf77".padEnd(64, "0"), old: "99aa01f2c4d8".padEnd(64, "0"), above: "5c10be77a021".padEnd(64, "0") };

const row = (office, officeName, device, part = {}) => ({
  office, officeName, device, me: false, holder: null, role: "keeper", confirmed: true, hub: false, installed: false, since: "2026-01-04",
  lastHeard: null, state: "active", undecided: 0, mayRemove: false, maySuspend: false, ...part,
});

export function seedDevices(state) {
  const [office] = state.offices;
  if (!office) return [];
  const own = [
    row(office.id, office.name, ids.here, { me: true, holder: "赵甲一", hub: true }),
    row(office.id, office.name, ids.laptop, { holder: "李乙二", lastHeard: "2026-03-18", maySuspend: true }),
    row(office.id, office.name, "77cd".padEnd(64, "0"), { holder: "孙丙三", role: "clerk", lastHeard: "2026-03-19", mayRemove: true, since: "2026-02-11" }),
    row(office.id, office.name, ids.old, { holder: "周丁四", role: "clerk", state: "removed", lastHeard: "2026-02-01", undecided: 3 }),
  ];
  if (office.kind === "branch") return own;
  return [...own,
    row("of-1", "甲村党支部", ids.above, { holder: "吴戊五", hub: true, lastHeard: "2026-03-20", mayRemove: true }),
    row("of-2", "乙村党支部", "31ab".padEnd(64, "0"), { holder: "郑己六", hub: true, confirmed: false, installed: true, lastHeard: null, mayRemove: true })];
}

const of = (state) => (state.devices ??= seedDevices(state));
const find = (state, input) => of(state).find((one) => one.device === input.device);

export const handlers = {
  "device.list": of,
  "device.notices": (state) => ({ state: state.offices.length === 0 ? null : (state.deviceState ?? "active"), installed: state.installed ?? [] }),
  "device.acknowledge": (state) => {
    state.installed = [];
    state.touch("office");
    return {};
  },
  "device.remove_preview": (state, input) => ({
    device: find(state, input), kept: input.until ? 41 : 52, cut: input.until ? 11 : 0, builtOn: input.until ? 4 : 0, lastOn: input.until ? "2026-03-10" : "2026-03-19",
    issued: 2, unconfirms: [], ownElsewhere: find(state, input)?.office !== state.offices[0].id,
    books: [{ kind: "up/visits", year: 2026, kept: 30, cut: input.until ? 11 : 0, firstOn: "2026-01-05", lastOn: "2026-03-19" }, { kind: "up/meetings", year: 2026, kept: 11, cut: 0, firstOn: "2026-01-08", lastOn: "2026-03-02" }],
  }),
  "device.remove": (state, input) => {
    Object.assign(find(state, input), { state: "removed", mayRemove: false, maySuspend: false });
    state.touch("office");
    return {};
  },
  "device.suspend": (state, input) => {
    Object.assign(find(state, input), { state: "suspended", maySuspend: false });
    state.touch("office");
    return {};
  },
  "device.adopt": (state) => decided(state),
  "device.discard": (state) => decided(state),
  "handover.retire": (state) => {
    state.deviceState = "retired";
    state.touch("office");
    return {};
  },
  "handover.install": () => ({ id: "t-handover", text: "YBZ1HANDOVERHANDOVERHANDOVER", expiresOn: "2026-03-27", addresses: ["192.168.1.5:4011"] }),
  "handover.sheet": (state) => ({
    office: state.offices[0].name, superior: state.offices[0].superior, on: "2026-03-20",
    items: [{ title: "更换广播喇叭", deadline: "2026-03-25", fromAbove: false, begun: true }, { title: "上报防汛物资清单", deadline: "2026-03-31", fromAbove: true, begun: false }, { title: "补齐党员档案", deadline: null, fromAbove: false, begun: false }],
    concerns: [{ category: "roads", count: 3 }, { category: "water", count: 1 }], concernsKept: 2, unsent: 5, drafts: 1,
    arrearsMembers: 4, arrearsMonths: 7, arrearsFen: 2860, problems: 1, devices: of(state).filter((one) => one.office === state.offices[0].id), lastBackup: null,
  }),
};

function decided(state) {
  const changes = (state.troubles ?? []).filter((one) => one.remedy === "adopt").reduce((sum, one) => sum + one.count, 0);
  state.troubles = (state.troubles ?? []).filter((one) => one.remedy !== "adopt");
  for (const one of of(state)) one.undecided = 0;
  state.touch("sync", "office");
  return { changes, left: 0 };
}
