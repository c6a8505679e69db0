/** Lists as long as a test asks for: each answers the page that was asked for, as copies of a row that the stand-in has. */
const lists = ["visit.list", "concern.list", "meeting.list", "checklist.list", "member.list", "member.past", "merged.list", "answer.list", "pairing.list", "aid.list", "talk.list", "mobile.list", "admission.list", "household.list", "flow.list", "transfer.list", "training.list", "meeting.planned", "dues.sheet", "training.table"];
/** Answered whole up to so many rows. */
const whole = { "dues.sheet": 300, "training.table": 300 };

/** The page of a list of `state.rows` rows; any other answer as it is. */
export async function asLong(state, name, input, handler, answer) {
  if (state.rows === undefined || !lists.includes(name)) return answer;
  const total = state.rows;
  const sample = answer.rows[0] ?? (await handler(state, { ...input, text: null, state: null, offset: 0 }))?.rows?.[0];
  const offset = input.offset ?? 0;
  const count = sample ? Math.max(0, Math.min(input.limit || (whole[name] ?? 50), total - offset)) : 0;
  // Where pages are turned, a name tells on which of them it is.
  const named = (n) => (whole[name] ? { ...sample, name: `${sample.name}${offset + n + 1}` } : sample);
  const copy = (n) => ("id" in sample ? { ...named(n), id: `many${offset + n}` } : { ...named(n), member: `many${offset + n}` });
  return { ...answer, total, rows: Array.from({ length: count }, (_, n) => copy(n)) };
}
