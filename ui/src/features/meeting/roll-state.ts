import type { Light } from "../../api/generated/Light";
import type { Mark } from "../../api/generated/Mark";
import type { Quorum } from "../../api/generated/Quorum";
import type { RollMark } from "../../api/generated/RollMark";
import type { RollRow } from "../../api/generated/RollRow";

/** Digits, never letters: an input method leaves them alone. 4 is no mark: who is due is not 列席. */
export const markOfKey: Record<string, Mark> = {
  "1": "present", " ": "present", "2": "excused", "3": "absent", "0": "unconfirmed",
};

export interface RollState {
  rows: RollRow[];
  /** What a step changed, so that Ctrl+Z can put it back. */
  past: RollMark[][];
  /** Marks that the node does not have yet, by member. */
  unsaved: Record<string, RollMark>;
}

/** The roll of those who are due; 列席 stands beside it. */
export const startRoll = (rows: readonly RollRow[]): RollState => ({ rows: rows.filter((row) => row.due), past: [], unsaved: {} });

/** How a row counts: a conflicting mark, and 列席 on somebody who is due, say nothing about attendance. */
export const markOf = (row: RollRow): Mark => (row.conflict || (row.due && row.mark === "non_voting") ? "unconfirmed" : row.mark);

function apply(state: RollState, marks: readonly RollMark[]): RollState {
  const by = new Map(marks.map((one) => [one.member, one]));
  return {
    ...state,
    rows: state.rows.map((row) => {
      const made = by.get(row.member);
      return made ? { ...row, mark: made.mark, reason: made.reason, conflict: false } : row;
    }),
    unsaved: { ...state.unsaved, ...Object.fromEntries(by) },
  };
}

/** One step of the pass: a key, a reason, or everyone left. */
export function mark(state: RollState, marks: readonly RollMark[]): RollState {
  const touched = new Set(marks.map((one) => one.member));
  const before = state.rows.filter((row) => touched.has(row.member)).map(({ member, mark: old, reason }) => ({ member, mark: old, reason }));
  return { ...apply(state, marks), past: [...state.past, before] };
}

export function undo(state: RollState): RollState {
  const last = state.past.at(-1);
  return last ? { ...apply(state, last), past: state.past.slice(0, -1) } : state;
}

/** What the node acknowledged is not sent again; a mark changed meanwhile is. */
export function saved(state: RollState, sent: readonly RollMark[]): RollState {
  const unsaved = { ...state.unsaved };
  for (const one of sent) if (unsaved[one.member] === one) delete unsaved[one.member];
  return { ...state, unsaved };
}

export interface Counts {
  due: number;
  present: number;
  excused: number;
  absent: number;
  unconfirmed: number;
  votersDue: number;
  votersPresent: number;
}

/** As the node counts, of those who are due. */
export function count(all: readonly RollRow[]): Counts {
  const rows = all.filter((row) => row.due);
  const of = (wanted: Mark) => rows.filter((row) => markOf(row) === wanted).length;
  const voters = rows.filter((row) => row.votes);
  return {
    due: rows.length,
    present: of("present"),
    excused: of("excused"),
    absent: of("absent"),
    unconfirmed: of("unconfirmed"),
    votersDue: voters.length,
    votersPresent: voters.filter((row) => row.mark === "present" && !row.conflict).length,
  };
}

/** The light while marking, from the numbers that the node's rule gave. */
export function lightOf(quorum: Quorum, here: number): Light {
  if (here < quorum.neededToOpen) return "red";
  return here < quorum.neededToPass ? "yellow" : "green";
}

/** Rows by group, in roll order. */
export function groupsOf(rows: readonly RollRow[]): { group: string; rows: RollRow[] }[] {
  const groups: { group: string; rows: RollRow[] }[] = [];
  for (const row of rows) {
    const known = groups.find((one) => one.group === row.group);
    if (known) known.rows.push(row);
    else groups.push({ group: row.group, rows: [row] });
  }
  return groups;
}
