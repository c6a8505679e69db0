/** Days as ISO text, counted in UTC so that no time zone moves them. */
const at = (iso: string) => new Date(`${iso}T00:00:00Z`);
const text = (day: Date) => day.toISOString().slice(0, 10);

export function plus(iso: string, days: number): string {
  const day = at(iso);
  day.setUTCDate(day.getUTCDate() + days);
  return text(day);
}

export function lastOf(month: string): string {
  const [year = 2026, number = 1] = month.split("-").map(Number);
  return text(new Date(Date.UTC(year, number, 0)));
}

/** So many months from `2026-03`. */
export function monthPlus(month: string, months: number): string {
  const [year = 2026, number = 1] = month.split("-").map(Number);
  return text(new Date(Date.UTC(year, number - 1 + months, 1))).slice(0, 7);
}

/** The weeks of a month, Monday first; days of other months are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const lead = (at(first).getUTCDay() + 6) % 7;
  const count = Number(lastOf(month).slice(8));
  const cells = [...Array<null>(lead).fill(null), ...Array.from({ length: count }, (_, n) => plus(first, n))];
  while (cells.length % 7 > 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Weeks from a day on: the first day of each. */
export function weeksFrom(iso: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => plus(iso, n * 7));
}
