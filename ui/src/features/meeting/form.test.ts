import { describe, expect, it } from "vitest";
import { texts } from "../../locales";
import { check, emptyMeeting, inputOf, rollOf } from "./form";

const meeting = { ...emptyMeeting("lesson", "2026-03-05", null), hours: "1.5", talks: "3", group: "第一党小组" };

describe("the form of a session", () => {
  it("clears what was emptied and leaves what was not touched", () => {
    expect(inputOf({ ...meeting, hours: "" }, "f1", meeting)).toMatchObject({ hours: null, talks: 3, clear: ["hours"], reroll: false });
    expect(inputOf({ ...meeting, hours: "", talks: " " }, "f1", meeting).clear).toEqual(["hours", "talks"]);
    expect(inputOf({ ...meeting, hours: "" }, null, null).clear).toEqual([]);
  });

  it("knows what the roll depends on", () => {
    expect(rollOf({ ...meeting, group: "第二党小组", topic: "党课" })).toBe(rollOf(meeting));
    expect(rollOf({ ...meeting, date: "2026-03-06" })).not.toBe(rollOf(meeting));
    const group = { ...meeting, kinds: ["group_meeting" as const] };
    expect(rollOf({ ...group, group: "第二党小组" })).not.toBe(rollOf(group));
  });

  it("takes a full-width colon in a time", () => {
    const typed = { ...meeting, start: "19\uff1a30" };
    expect(check(typed, texts("zh-CN"))).toEqual({});
    expect(inputOf(typed, null, null).start).toBe("19:30");
  });

  it("takes a time as visits take it", () => {
    for (const start of ["1930", "930", "19.30", "8点", "8:05"]) expect(check({ ...meeting, start }, texts("zh-CN"))).toEqual({});
    for (const start of ["2530", "19", "晚上"]) expect(check({ ...meeting, start }, texts("zh-CN"))).toHaveProperty("start");
  });
});
