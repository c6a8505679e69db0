/** How the stand-in node starts for the office of a screen; `alone` has joined nobody, `interrupted` was closed
    while it waited for that. */
export function newMockFor(role) {
  if (role === "interrupted") return { role: "branch", options: { alone: true, interrupted: true } };
  if (role === "locked") return { role: "branch", options: { locked: true } };
  return role === "alone" ? { role: "branch", options: { alone: true } } : { role, options: {} };
}
