import { describe, expect, it } from "vitest";
import type { Calendar } from "../../api/generated/Calendar";
import type { FlowRates } from "../../api/generated/FlowRates";
import type { Matrix } from "../../api/generated/Matrix";
import { texts } from "../../locales";
import { cellsOf, drawable } from "./model";
import { ahead, closure, completeness } from "./numbers";

const zh = texts("zh-CN");

function matrix(): Matrix {
  const row = (name: string, states: Matrix["rows"][number]["cells"][number]["state"][]) => ({
    office: name, name, state: "joined", asOf: null,
    cells: Array.from({ length: 12 }, (_, month) => ({ state: states[month] ?? ("not_due" as const), count: 0, custodian: false })),
  });
  return { ledger: "meetings", year: 2026, rows: [row("甲", ["accepted", "missing"]), row("乙", ["unknown", "unknown"]), row("丙", ["accepted", "submitted"])] };
}

describe("charts", () => {
  it("count units in each state, and silence apart from what is missing", () => {
    const drawn = completeness(zh, matrix());
    const of = (name: string) => drawn.series.find((one) => one.name === name)?.values.slice(0, 3);
    expect(of("已接收")).toEqual([2, 0, 0]);
    expect(of("规定应有,未录")).toEqual([0, 1, 0]);
    expect(of("未同步")).toEqual([1, 1, 0]);
    expect(cellsOf(drawn)[0]).toHaveLength(drawn.series.length);
    expect(drawable({ ...drawn, series: [] })).toBe(false);
  });

  it("count what is due by week, once for each unit", () => {
    const unit = { office: "a", name: "甲", here: false, record: null, count: 0, asOf: null, unknown: false };
    const words = { zh: "", en: "" };
    const entry = (kind: string, day: string, units: number) => ({ key: kind + day, day, days: 0, kind, code: "", title: "", units: Array.from({ length: units }, () => unit), name: words, consequence: words, remedy: words, citation: "", rule: null });
    const calendar: Calendar = { from: "2026-03-20", to: "2026-06-11", today: "2026-03-20", entries: [entry("term", "2026-03-26", 1), entry("submission", "2026-03-27", 3), entry("submission", "2026-04-10", 2)], earlier: [], absent: [] };
    const drawn = ahead(zh, "2026-03-20", calendar);
    expect(drawn.series.map((one) => [one.name, one.values.slice(0, 4)])).toEqual([["月度提交", [0, 3, 0, 2]], ["任期届满", [1, 0, 0, 0]]]);
    expect(drawn.labels.slice(0, 2)).toEqual(["3-20", "3-27"]);
  });

  it("show a rate with its numerator and denominator, and none where there is nothing to divide by", () => {
    const rate = (id: string, numerator: number, denominator: number, tenths: number | null) => ({ id, numerator, denominator, tenths });
    const rates: FlowRates = {
      flow: "case", name: "群众诉求办理", asOf: "2026-03-20", rates: [{ id: "closure", name: "办结率" }, { id: "satisfaction", name: "满意率" }],
      total: [rate("closure", 180, 200, 900), rate("satisfaction", 105, 120, 875)],
      rows: [{ office: "b", officeName: "乙村", unit: "", month: "", rates: [rate("closure", 1, 2, 500), rate("satisfaction", 0, 0, null)] }, { office: "a", officeName: "甲村", unit: "", month: "", rates: [rate("closure", 2, 2, 1000), rate("satisfaction", 1, 1, 1000)] }],
    };
    const drawn = closure(zh, rates, "unit");
    expect(drawn.labels, "as they came, never by rate").toEqual(["乙村", "甲村"]);
    expect(drawn.series[1]?.values).toEqual([null, 100]);
    expect(cellsOf(drawn)).toEqual([["50.0%(1/2)", "─(没有)"], ["100.0%(2/2)", "100.0%(1/1)"]]);
    expect(drawn.foot, "a total is no unit").toEqual(["合计", "90.0%(180/200)", "87.5%(105/120)"]);
    expect([drawn.kind, closure(zh, rates, "month").kind], "units are no course of time").toEqual(["beside", "lines"]);
  });
});
