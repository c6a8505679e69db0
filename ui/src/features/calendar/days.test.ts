import { describe, expect, it } from "vitest";
import { lastOf, monthPlus, plus, weeksFrom, weeksOf } from "./days";

describe("days of the calendar", () => {
  it("counts over months, years and leap days", () => {
    expect(plus("2026-02-28", 1)).toBe("2026-03-01");
    expect(plus("2028-02-28", 1)).toBe("2028-02-29");
    expect(plus("2026-01-01", -1)).toBe("2025-12-31");
    expect(lastOf("2028-02")).toBe("2028-02-29");
    expect(monthPlus("2026-12", 1)).toBe("2027-01");
    expect(monthPlus("2026-01", -1)).toBe("2025-12");
    expect(weeksFrom("2026-12-28", 2)).toEqual(["2026-12-28", "2027-01-04"]);
  });

  it("has every day of a month once, Monday first", () => {
    const weeks = weeksOf("2026-03");
    expect(weeks[0]).toEqual([null, null, null, null, null, null, "2026-03-01"]);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(31);
    expect(weeksOf("2027-02")).toHaveLength(4);
  });
});
