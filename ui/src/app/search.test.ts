import { expect, test } from "vitest";
import type { SearchHit } from "../api/generated/SearchHit";
import { targetOf } from "./search";

const hit: SearchHit = {
  id: "a", rtype: "visit", target: "a", targetType: "visit", office: "o", officeName: "", date: "2026-03-05", title: "路灯", kind: "", amount: 0, private: false,
};

test("a hit opens the record, or the one that it is about", () => {
  expect(targetOf(hit)).toEqual({ to: "/visit", search: { id: "a" } });
  expect(targetOf({ ...hit, rtype: "step", target: "c", targetType: "concern" })).toEqual({ to: "/visits", search: { tab: "concerns", id: "c" } });
  expect(targetOf({ ...hit, rtype: "dues_payment", target: "m", targetType: "member" }).to).toBe("/dues");
});

test("what another office recorded opens in the merged ledgers", () => {
  expect(targetOf({ ...hit, officeName: "示范一村", title: "…路灯坏了" })).toEqual({ to: "/merged", search: { ledger: "visits", text: "路灯坏了" } });
});

test("a matter opens by itself, whoever's it is", () => {
  expect(targetOf({ ...hit, rtype: "flow_item", targetType: "flow_item", officeName: "示范一村" })).toEqual({ to: "/flow", search: { id: "a" } });
});
