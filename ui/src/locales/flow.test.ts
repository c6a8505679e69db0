/** Names in the templates that come with the program, and keys that they ask for, have words in each language. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { texts } from ".";
import { nameOf } from "../features/flow/names";
import { en } from "./en";
import { zhCN } from "./zh-CN";

const folder = join(import.meta.dirname, "..", "..", "..", "crates", "domain", "src", "rules", "flows");
const flows = readdirSync(folder).filter((name) => name.endsWith(".toml")).map((name) => readFileSync(join(folder, name), "utf8"));
const all = (pattern: RegExp) => flows.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ""));
const quoted = (list: string) => [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");

describe("words of templates", () => {
  it("stand for every name, and Chinese ones are left as the template has them", () => {
    const names = all(/\bname = "([^"]+)"/g);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !(name in en.flowName))).toEqual([]);
    for (const [name, word] of Object.entries(zhCN.flowName)) expect(word).toBe(name);
  });

  it("stand for every key that an event asks for", () => {
    const keys = all(/^(?:needs|may) = \[(.*)\]$/gm).flatMap(quoted);
    expect(keys.length).toBeGreaterThan(50);
    for (const { flowField } of [zhCN, en]) expect([...new Set(keys)].filter((key) => !(key in flowField))).toEqual([]);
  });

  it("show what an office named itself as it named it", () => {
    expect(nameOf(texts("en"), "整改中")).toBe("being rectified");
    expect(nameOf(texts("en"), "已归档(本街道)")).toBe("已归档(本街道)");
  });
});
