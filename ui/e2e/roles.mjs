/** How the stand-in node starts for the office of a screen; `alone` has joined nobody, `interrupted` was closed
    while it waited for that. */
export function newMockFor(role) {
  if (role === "interrupted") return { role: "branch", options: { alone: true, interrupted: true } };
  if (role === "removed") return { role: "branch", options: { deviceState: "removed" } };
  if (role === "damaged") return { role: "branch", options: { damaged: true } };
  if (role === "locked") return { role: "branch", options: { locked: true } };
  // Several people share the computer, or it reads only.
  if (role === "shared") return { role: "branch", options: { profiles: ["王甲一", "李乙二", "陈丙三"].map((name, n) => ({ id: `p${n}`, name, pin: "2468", hidden: [] })) } };
  if (role === "viewer") return { role: "branch", options: { deviceRole: "viewer" } };
  // Something was deleted; something can be taken back.
  if (role === "deleted") return { role: "branch", options: { deleted: [{ id: "ee77", recordType: "visit", kind: "up/visits", title: "2026-03-05 祠堂", by: "王某", on: "2026-03-06", how: "deleted", along: 2 }, { id: "ee78", recordType: "training", kind: "up/meetings", title: "2026-03-02 冬训", by: "李乙二", on: "2026-03-05", how: "dropped", along: 0 }] } };
  if (role === "undo") return { role: "branch", options: { actions: [{ id: 1, call: "visit.save", recordType: "visit", record: "ee0000", title: "2026-03-05 祠堂", refused: [], fields: [{ field: "place", subject: null, was: ["村部"], now: ["祠堂"], standing: "changed", sealed: false }, { field: "theme", subject: null, was: [], now: ["修路"], standing: "free", sealed: false }] }] } };
  // Two computers recorded one meeting and wrote into one text.
  if (role === "twice") return { role: "branch", options: { twice: true } };
  // The made-up office beside the own one, and an office of this morning.
  if (role === "sample") return { role: "branch", options: { sample: true, alone: true } };
  if (role === "new") return { role: "branch", options: { bare: true, members: 0, alone: true } };
  return role === "alone" ? { role: "branch", options: { alone: true } } : { role, options: {} };
}
