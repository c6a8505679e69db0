import { describe, expect, it } from "vitest";
import type { CalendarEntry } from "../../api/generated/CalendarEntry";
import { router } from "../../app/router";
import { texts } from "../../locales";
import { far, kinds, named, target } from "./words";

const zh = texts("zh-CN");
const words = { zh: "某事", en: "something" };

function entry(kind: string, here: boolean, part: Partial<CalendarEntry> = {}): CalendarEntry {
  const unit = { office: "b1", name: "甲村", here, record: "aa", count: 0, asOf: null, unknown: false };
  return { key: kind, day: "2026-03-31", days: 3, kind, code: "", title: "", units: [unit], name: words, consequence: words, remedy: words, citation: "", rule: null, ...part };
}

describe("entries of the calendar", () => {
  it("are named by kind, title and what tells them more closely", () => {
    expect(named(zh, entry("submission", true, { code: "2026-02" }))).toBe("月度提交 · 2026年2月");
    expect(named(zh, entry("session", true, { code: "members_meeting" }))).toBe("组织生活 · 支部党员大会");
    expect(named(zh, entry("dispatched", true, { title: "防汛检查" }))).toBe("交办 · 防汛检查");
    expect(named(zh, entry("something_new", true))).toBe("某事");
    expect([far(zh, 0), far(zh, 3), far(zh, -2)]).toEqual(["今天到期", "还有 3 天", "已过 2 天"]);
  });

  it("lead to routes that are there, or nowhere", () => {
    const routes = new Set(Object.keys(router.routesByPath));
    for (const role of ["branch", "committee", "department"] as const) {
      for (const kind of kinds) {
        for (const here of [true, false]) {
          const to = target(entry(kind, here), role)?.to;
          expect(to === undefined || routes.has(to), `${role} ${kind}`).toBe(true);
        }
      }
    }
    expect(target(entry("session", true, { code: "lesson" }), "branch")).toEqual({ to: "/meeting", search: { tab: "lesson" } });
    expect(target(entry("dispatched", false), "committee")).toEqual({ to: "/dispatch", search: { tab: "items", id: "aa" } });
  });
});
