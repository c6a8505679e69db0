import type { SheetCell } from "../../api/generated/SheetCell";
import type { SheetFact } from "../../api/generated/SheetFact";
import { formatYuan } from "../../locales";

/** A value as it stands on paper; what is not known stays empty. */
export function written(cell: SheetCell): string {
  switch (cell.type) {
    case "empty": return "";
    case "fen": return formatYuan(cell.value);
    case "integer": return String(cell.value);
    default: return cell.value;
  }
}

export const isNumber = (cell: SheetCell | undefined) => cell?.type === "fen" || cell?.type === "integer";

/** Values in rows of a form: two side by side, a wide one by itself. */
export function formRows(facts: readonly SheetFact[]): SheetFact[][] {
  const rows: SheetFact[][] = [];
  for (const fact of facts) {
    const last = rows.at(-1);
    if (!fact.wide && last?.length === 1 && last[0]?.wide === false) last.push(fact);
    else rows.push([fact]);
  }
  return rows;
}
