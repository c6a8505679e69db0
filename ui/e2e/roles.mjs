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
  // Two computers recorded one meeting and wrote into one text.
  if (role === "twice") return { role: "branch", options: { twice: true } };
  // The made-up office beside the own one, and an office of this morning.
  if (role === "sample") return { role: "branch", options: { sample: true, alone: true } };
  if (role === "new") return { role: "branch", options: { bare: true, members: 0, alone: true } };
  return role === "alone" ? { role: "branch", options: { alone: true } } : { role, options: {} };
}
