import { describe, expect, it } from "vitest";
import type { DecideKind } from "../../api/generated/DecideKind";
import type { DecideRow } from "../../api/generated/DecideRow";
import { texts } from "../../locales";
import { factsOf, matterOf, titleOf, unitOf } from "./deeds";

const words = { "zh-CN": texts("zh-CN"), en: texts("en") };
const row = (kind: DecideKind, part: Partial<DecideRow> = {}): DecideRow => ({
  id: `${kind}/1`, kind, about: "", target: "t1", officeName: "甲村党支部", title: "防汛检查", note: "", since: "2026-03-10", until: null, overdue: false, count: 0, digest: "", event: "", ...part,
});
const all: readonly DecideRow[] = [
  row("disputed", { about: "submission", title: "2026-02" }), row("disputed", { about: "item" }), row("disputed", { about: "flow" }),
  row("submission", { about: "submission", title: "2026-02", count: 59 }), row("item", { about: "item" }), row("flow", { about: "rectification", event: "accept" }),
  row("concern", { about: "new", note: "roads" }), row("concern", { about: "again", note: "roads" }), row("case", { about: "taken_in" }), row("case", { about: "passed_up" }), row("answer", { about: "answer" }), row("admission", { about: "probationary" }),
  row("transfer", { about: "waiting", note: "乙村" }), row("transfer", { about: "to_tell", note: "乙村党支部" }), row("transfer", { about: "taken_twice", note: "乙村党支部 · 丙村党支部" }), row("join", { about: "office" }), row("join", { about: "device", title: "" }),
  row("conflict", { about: "session", note: "mark/aa01" }), row("trouble", { about: "held", title: "up/visits 2026", note: "update", count: 3 }), row("trouble", { about: "equivocation", title: "up/roster", note: "report" }),
  row("alike", { about: "members", count: 12, since: null }),
];

describe("what waits", () => {
  it("has words for each kind, in both languages", () => {
    for (const language of ["zh-CN", "en"] as const) {
      const { has } = words[language];
      for (const one of all) {
        const matter = matterOf(words[language], one);
        expect(has(matter.label), matter.label).toBe(true);
        expect(has(matter.otherwise), matter.otherwise).toBe(true);
        expect(has(`decide.kind_${one.kind}`)).toBe(true);
        expect(titleOf(words[language], one)).not.toBe("");
      }
    }
  });

  it("says of what crossed who settles it", () => {
    const here = matterOf(words["zh-CN"], row("disputed", { about: "flow", event: "return" }));
    const there = matterOf(words["zh-CN"], row("disputed", { about: "flow", event: "" }));
    expect([here.label, here.otherwise]).toEqual(["decide.act_decide", "decide.else_disputed"]);
    expect([there.label, there.otherwise]).toEqual(["decide.act_look", "decide.else_there"]);
    expect(there.open).toEqual({ to: "/flow", search: { id: "t1" } });
    expect(matterOf(words["zh-CN"], row("disputed", { about: "item" })).label).toBe("decide.act_decide");
  });

  it("does at once what is a plain yes, and leads elsewhere with the rest", () => {
    const deeds = all.map((one) => matterOf(words["zh-CN"], one).deed);
    expect(deeds.filter((deed) => deed !== null)).toEqual(["submission", "item", "tell", "retry"]);
    expect(matterOf(words["zh-CN"], all[5] as DecideRow).act).toEqual({ to: "/flow", search: { id: "t1", draft: "accept" } });
    expect(matterOf(words["zh-CN"], all[6] as DecideRow).act).toEqual({ to: "/concerns", search: { tab: "in", id: "t1" } });
    expect(words["zh-CN"].t(matterOf(words["zh-CN"], all[5] as DecideRow).label)).toBe("去验收");
    expect(words["zh-CN"].t(matterOf(words["zh-CN"], row("flow", { about: "letter", event: "sign" })).label)).toBe("去办");
    expect(matterOf(words["zh-CN"], all[0] as DecideRow).open).toEqual({ to: "/submission", search: { id: "t1" } });
  });

  it("names both branches that have one member", () => {
    const twice = all.find((one) => one.about === "taken_twice") as DecideRow;
    expect(factsOf(words["zh-CN"], twice, "2026-03-10")[0]).toBe("从甲村党支部转出,乙村党支部、丙村党支部都已接收");
    expect(matterOf(words["zh-CN"], twice)).toMatchObject({ act: "dialog", deed: null, label: "decide.act_keep", otherwise: "decide.else_taken_twice" });
  });

  it("says since when, by when and which unit", () => {
    expect(all.filter((one) => unitOf(one) === "").map((one) => one.kind)).toEqual(["transfer", "transfer", "transfer", "join"]);
    const facts = factsOf(words["zh-CN"], row("item", { about: "item", note: "李乙二", until: "2026-04-10" }), "2026-03-18");
    expect(facts).toEqual(["李乙二", "自2026年3月10日,8天", "时限2026年4月10日"]);
    expect(factsOf(words["zh-CN"], row("item", { about: "item", since: "2026-03-18" }), "2026-03-18")).toEqual(["自2026年3月18日"]);
  });
});
