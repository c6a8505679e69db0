// Sheets as the node makes them of the scenario's branch: the answers are what the scenario `sheets` keeps.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Fault } from "./state.mjs";

const kept = (kind) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../../tests/tests/stories/sheets/golden/${kind}.json`, import.meta.url)), "utf8"));
const kind = (name, title, period, of, hidden) => ({ name, hidden, row: { kind: name, title, period, of, private: hidden === "households" || name === "dues_ledger" } });

const kinds = [
  kind("meetings", "三会一课记录本", "months", "session", null),
  kind("dues_ledger", "党费台账", "year", null, "dues"),
  kind("dues_notice", "党费公示表", "months", null, "dues"),
  kind("board", "党务公开栏", "months", null, "dues"),
  kind("visits", "走访记录", "months", "visit", "households"),
  kind("visit_ledger", "走访台账", "months", null, "households"),
  kind("rectification", "整改台账", "year", null, null),
  kind("checklist", "工作清单", "year", null, null),
  kind("handover", "换届交接单", "today", null, "organisation"),
];

/** `state.sheetRows` makes ledgers longer than a page. */
function sheet(state, input) {
  if (!kinds.some((one) => one.name === input.kind)) throw new Fault("sheet_unknown", { kind: input.kind }, "kind");
  const made = kept(input.kind);
  if (input.record) {
    made.parts = made.parts.filter((part) => part.record === input.record);
    if (made.parts.length === 0) throw new Fault("not_found", { id: input.record });
  }
  for (const part of made.parts) {
    for (const table of part.tables) {
      const [first] = table.rows;
      if (first) table.rows.push(...Array.from({ length: Math.max(0, (state.sheetRows ?? 0) - table.rows.length) }, () => first));
      const most = input.limit ?? Infinity;
      made.leftOut += Math.max(0, table.rows.length - most);
      table.rows = table.rows.slice(0, most);
    }
  }
  return made;
}

export const handlers = {
  "sheet.list": (state) => {
    const hidden = state.profiles?.find((one) => one.id === state.seat)?.hidden ?? [];
    return kinds.filter((one) => !hidden.includes(one.hidden)).map((one) => one.row);
  },
  "sheet.get": sheet,
  "sheet.export": (state, input) => ({ name: `${sheet(state, input).title}-示范一村-2026-03-20.xlsx`, base64: Buffer.from("made up").toString("base64") }),
};
