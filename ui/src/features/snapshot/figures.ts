import type { SnapshotInput } from "../../api/generated/SnapshotInput";
import type { SnapshotRow } from "../../api/generated/SnapshotRow";
import type { Texts } from "../../locales";

/** What a row counts, by its code; in the node's words when it is newer than this program. */
export function metricName({ code, has }: Texts, row: SnapshotRow): string {
  return has(`metric.${row.metric}`) ? code("metric", row.metric) : row.name;
}

/** 口径, by its code; in the node's words when it is newer than this program. */
export function metricDefinition({ code, has }: Texts, row: SnapshotRow): string {
  return has(`metricDefinition.${row.metric}`) ? code("metricDefinition", row.metric) : row.definition;
}

/** Hidden cells and their partners look alike. */
export function figureOf({ t }: Texts, row: SnapshotRow): string {
  if (row.numerator === null) return t("snapshot.hidden");
  return row.denominator === null ? String(row.numerator) : `${row.numerator}/${row.denominator}`;
}

export function rateOf({ t }: Texts, row: SnapshotRow): string {
  if (row.numerator === null) return t("snapshot.hidden");
  if (row.denominator === null || row.denominator === 0) return "─";
  return `${(Math.round((row.numerator * 1000) / row.denominator) / 10).toFixed(1)}%`;
}

export function changeOf({ t }: Texts, row: SnapshotRow): string {
  if (row.numerator === null) return t("snapshot.hidden");
  if (row.previous === null) return t("snapshot.noPrevious");
  const change = row.numerator - row.previous;
  if (change === 0) return t("snapshot.same");
  return change > 0 ? `+${change}` : `−${-change}`;
}

/** `14/17已接收 · 1未提交 · 1未同步自9月2日 · 1未加入` */
export function headLine({ t, date }: Texts, inputs: readonly SnapshotInput[]): string {
  const of = (...causes: (string | null)[]) => inputs.filter((input) => causes.includes(input.cause));
  const parts = [t("snapshot.head", { n: of(null).length, all: inputs.length })];
  const late = of("not_submitted");
  if (late.length > 0) parts.push(t("snapshot.notSubmitted", { n: late.length }));
  const silent = of("stale", "never_synced");
  const since = silent.map((input) => input.asOf).filter((day) => day !== null).toSorted()[0];
  if (silent.length > 0) {
    parts.push(since ? t("snapshot.notSyncedSince", { n: silent.length, date: date(since) }) : t("snapshot.notSynced", { n: silent.length }));
  }
  const absent = of("never_joined");
  if (absent.length > 0) parts.push(t("snapshot.notJoined", { n: absent.length }));
  return parts.join(" · ");
}

/** The oldest as-of date of what is in the snapshot. */
export function asOf(inputs: readonly SnapshotInput[]): string | null {
  return inputs.flatMap((input) => (input.cause === null && input.asOf ? [input.asOf] : [])).toSorted()[0] ?? null;
}
