import type { MatrixRow } from "../../api/generated/MatrixRow";

/** Someone to remind: not heard of, or something due by the rule is not recorded. */
export function toUrge(row: MatrixRow): boolean {
  return row.cells.some((cell) => cell.state === "missing" || cell.state === "unknown");
}
