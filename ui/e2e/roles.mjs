/** How the stand-in node starts for the office of a screen; `alone` has joined nobody. */
export function newMockFor(role) {
  return role === "alone" ? { role: "branch", options: { alone: true } } : { role, options: {} };
}
