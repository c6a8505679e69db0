import { describe, expect, it } from "vitest";
import type { FillGrid } from "../../api/generated/FillGrid";
import { cellName, drawn, letters, placed, readCell, taken } from "./cells";

const grid = {
  sheet: "表", rows: 4, widths: [6, 18, 18], hiddenRows: [3], hiddenColumns: [],
  cells: [
    { row: 1, column: 1, text: "标题", formula: false, rows: 1, columns: 3 },
    { row: 2, column: 2, text: "", formula: false, rows: 1, columns: 2 },
    { row: 4, column: 3, text: "=SUM(C2:C3)", formula: true, rows: 1, columns: 1 },
  ],
} as unknown as FillGrid;

describe("cells of a form", () => {
  it("have names as people write them", () => {
    expect([1, 26, 27, 702, 703].map(letters)).toEqual(["A", "Z", "AA", "ZZ", "AAA"]);
    for (const name of ["A1", "Z9", "AA10"]) {
      const read = readCell(name);
      expect(read && cellName(read.row, read.column)).toBe(name);
    }
    expect(readCell("1A")).toBeNull();
  });

  it("are drawn without those that others cover and without hidden rows", () => {
    const { lines, at } = drawn(grid);
    expect(lines.map((line) => line.cells.map((cell) => cell.name))).toEqual([["A1"], ["A2", "B2"], ["A4", "B4", "C4"]]);
    expect(at(1, 3)?.name).toBe("A1");
    expect(at(3, 1)).toBeUndefined();
  });

  it("of a column are all of its rows", () => {
    const places = [{ key: "column/t/c", sheet: "表", cell: "B2", lastRow: 4 }, { key: "title", sheet: "别的", cell: "A1", lastRow: null }];
    expect([...taken(places, "表").keys()]).toEqual(["B2", "B3", "B4"]);
  });

  it("take one thing, and a new column has the last row of its table found anew", () => {
    const places = [{ key: "title", sheet: "表", cell: "A1", lastRow: null }, { key: "column/t/a", sheet: "表", cell: "A2", lastRow: 9 }];
    expect(placed(places, "column/t/b", "表", "B2")).toEqual([
      { key: "title", sheet: "表", cell: "A1", lastRow: null },
      { key: "column/t/a", sheet: "表", cell: "A2", lastRow: null },
      { key: "column/t/b", sheet: "表", cell: "B2", lastRow: null },
    ]);
    expect(placed(places, "title", "表", "C1").filter((place) => place.key === "title")).toHaveLength(1);
  });
});
