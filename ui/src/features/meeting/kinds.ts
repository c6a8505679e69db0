import type { SessionKind } from "../../api/generated/SessionKind";
import type { Texts } from "../../locales";

export const sessionKinds: readonly SessionKind[] = [
  "members_meeting", "committee_meeting", "group_meeting", "lesson", "theme_day", "study_day", "organization_life", "appraisal",
];

/** Kinds at which hours are learned. */
export const withHours: readonly SessionKind[] = ["lesson", "theme_day", "study_day"];

/** `党小组会 · 第一党小组`: what kind of session it is, and whose. */
export function kindName({ t, several }: Texts, one: { kinds: readonly SessionKind[]; group?: string }): string {
  const kinds = several(one.kinds.map((kind) => t(`meeting.${kind}`)));
  return one.group && one.kinds.includes("group_meeting") ? `${kinds} · ${one.group}` : kinds;
}

/** `3月5日 支委会 学习文件`, as a session is named elsewhere. */
export function sessionName(texts: Texts, one: { date: string; kinds: readonly SessionKind[]; topic: string; group?: string }): string {
  return [texts.date(one.date), kindName(texts, one), one.topic].filter(Boolean).join(" ");
}

/** Tenths of an hour as people write hours: 1.5, 2. */
export const hoursText = (tenths: number): string => String(tenths / 10);

/** Hours as typed to tenths; none when they are no hours. */
export function readHours(text: string): number | null {
  return /^\s*\d{1,3}([.]\d)?\s*$/.test(text) ? Math.round(Number(text) * 10) : null;
}

/** A count as typed; none where nothing stands, and an odd text is none too. */
export function readCount(text: string): number | null {
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : null;
}
