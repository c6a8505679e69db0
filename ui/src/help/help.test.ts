import { describe, expect, it } from "vitest";
import { router } from "../app/router";
import { en } from "./en";
import { helpPage, helpPages, pageOfRoute, searchHelp } from ".";
import { zhCN as words } from "../locales/zh-CN";
import { zhCN } from "./zh-CN";

const parts = ["screens", "topics"] as const;

describe("the help", () => {
  it("has a page for every route, and no route that is not there", () => {
    const routes = Object.keys(router.routesByPath).toSorted();
    expect(routes.length).toBeGreaterThan(40);
    expect(Object.keys(pageOfRoute).toSorted()).toEqual(routes);
    for (const id of Object.values(pageOfRoute)) expect(zhCN.screens, id).toHaveProperty(id);
    expect(new Set(Object.values(pageOfRoute))).toEqual(new Set(Object.keys(zhCN.screens)));
  });

  it("has every page in both languages, whole, with links that lead somewhere", () => {
    for (const part of parts) {
      expect(Object.keys(en[part]).toSorted()).toEqual(Object.keys(zhCN[part]).toSorted());
      for (const [id, page] of Object.entries(zhCN[part])) {
        const other = en[part][id];
        expect(other?.when.length, id).toBe(page.when.length);
        expect(other?.see, id).toEqual(page.see);
        for (const one of [page, other]) {
          const texts = [one?.title, one?.what, one?.leaves, ...(one?.doing ?? []), ...(one?.when ?? []).flatMap(({ when, answer }) => [when, answer])];
          for (const text of texts) expect(text?.trim(), id).toBeTruthy();
          expect(one?.when.length, id).toBeGreaterThan(0);
          for (const target of one?.see ?? []) expect(helpPage("zh-CN", target), `${id} → ${target}`).toBeDefined();
        }
      }
    }
  });

  it("is written in one language each", () => {
    expect(JSON.stringify(en)).not.toMatch(/[　-鿿＀-￯]/);
    for (const page of Object.values({ ...zhCN.screens, ...zhCN.topics })) expect(page.what).toMatch(/[一-鿿]/);
  });

  it("has the matters that people call about", () => {
    expect(Object.keys(helpPages("zh-CN").topics)).toEqual(expect.arrayContaining(["colours", "newTerm", "lostComputer", "stick", "passphrase", "monthEnd"]));
  });

  it("names buttons and places as the screens do", () => {
    const shown = new Set(Object.values(words).flatMap((topic) => Object.values(topic)));
    const known = [...shown].join("\n");
    const quoted = [...JSON.stringify(zhCN).matchAll(/“([^”]+)”/g)].map((match) => match[1] ?? "");
    expect(quoted.length).toBeGreaterThan(40);
    expect(quoted.filter((word) => !known.includes(word))).toEqual([]);
  });

  it("is found by a few words, titles first", () => {
    expect(searchHelp("zh-CN", "忘记口令")[0]).toBe("passphrase");
    expect(searchHelp("zh-CN", "U盘")[0]).toBe("stick");
    expect(searchHelp("zh-CN", "u盘 回执")).toContain("stick");
    expect(searchHelp("en", "Term")[0]).toBe("newTerm");
    expect(searchHelp("zh-CN", "  ")).toEqual([]);
    expect(searchHelp("zh-CN", "没有这个词语")).toEqual([]);
  });
});
