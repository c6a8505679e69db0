import { describe, expect, it } from "vitest";
import type { SnapshotRow } from "../../api/generated/SnapshotRow";
import { texts } from "../../locales";
import { changeOf, figureOf, headLine, rateOf } from "./figures";

const zh = texts("zh-CN");
const row: SnapshotRow = { metric: "m", name: "指标", month: null, numerator: 26, denominator: 30, sources: 3, previous: 24, definition: "" };

describe("a snapshot's figures", () => {
  it("show count, rate and change", () => {
    expect([figureOf(zh, row), rateOf(zh, row), changeOf(zh, row)]).toEqual(["26/30", "86.7%", "+2"]);
  });

  it("look alike wherever a cell is hidden", () => {
    const hidden = { ...row, numerator: null, denominator: null, previous: null };
    expect([figureOf(zh, hidden), rateOf(zh, hidden), changeOf(zh, hidden)]).toEqual(["—(隐去)", "—(隐去)", "—(隐去)"]);
  });

  it("name in the head line what is missing and since when", () => {
    const input = (cause: string | null, asOf: string | null) => ({ office: null, name: "", cause, asOf, heads: null });
    expect(headLine(zh, [input(null, "2026-03-17"), input(null, "2026-03-17"), input("stale", "2025-09-02"), input("never_joined", null)]))
      .toBe("2/4已接收 · 1未同步自2025年9月2日 · 1未加入");
  });
});
