import { describe, expect, it } from "vitest";
import type { SheetFact } from "../../api/generated/SheetFact";
import { formRows, written } from "./cells";

const fact = (key: string, wide = false): SheetFact => ({ key, label: key, value: { type: "empty" }, wide });
const keys = (rows: SheetFact[][]) => rows.map((row) => row.map((one) => one.key));

describe("a form on paper", () => {
  it("puts two values side by side and a wide one by itself", () => {
    expect(keys(formRows([fact("a"), fact("b"), fact("c"), fact("d", true), fact("e"), fact("f")])))
      .toEqual([["a", "b"], ["c"], ["d"], ["e", "f"]]);
    expect(formRows([])).toEqual([]);
  });

  it("leaves empty what is not known and writes money with its fen", () => {
    expect(written({ type: "empty" })).toBe("");
    expect(written({ type: "fen", value: 123_456 })).toBe("1,234.56");
    expect(written({ type: "fen", value: 0 })).toBe("0.00");
    expect(written({ type: "integer", value: 0 })).toBe("0");
    expect(written({ type: "date", value: "2026-03-05" })).toBe("2026-03-05");
  });
});
