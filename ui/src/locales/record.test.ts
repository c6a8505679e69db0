/** Every record type, field, reason and reader that the node can name has its words. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contents } from "../api/generated/contents";
import { en } from "./en";
import { zhCN } from "./zh-CN";

const crates = join(import.meta.dirname, "..", "..", "..", "crates");
const source = (path: string) => readFileSync(join(crates, path), "utf8").split("\n#[cfg(test)]")[0] ?? "";
const codes = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].flatMap((match) => match.slice(1));

describe("words", () => {
  it("stand for every field of every type of record, and for no other", () => {
    const types = Object.values(contents).flatMap((kind) => Object.entries(kind));
    const fields = types.flatMap(([type, { fields: open, sealed }]) => [...open, ...sealed].map((field) => `${type}_${field.replace("/", "")}`));
    for (const words of [zhCN, en]) {
      expect(Object.keys(words.recordType).toSorted()).toEqual([...new Set(types.map(([type]) => type))].toSorted());
      expect(Object.keys(words.recordField).toSorted()).toEqual([...new Set(fields)].toSorted());
      expect(Object.keys(contents).filter((kind) => !(kind in words.book))).toEqual([]);
    }
  });

  it("say why a change has no effect and what to do", () => {
    const found = codes(source("app/src/cases/troubles.rs"), /\("([a-z_]+)", "([a-z_]+)"\)/g);
    expect(found.length).toBeGreaterThan(18);
    expect(found.filter((code) => !(code in zhCN.trouble))).toEqual([]);
  });

  it("say what came out of checking a value and what became of it", () => {
    const found = [...codes(source("store/src/history.rs"), /=> "([a-z_]+)"/g), ...codes(source("app/src/cases/history.rs"), /=> "([a-z_]+)"/g)];
    expect(found.length).toBe(11);
    expect(found.filter((code) => !(code in zhCN.history))).toEqual([]);
  });

  it("name everything that neighbours learn", () => {
    const about = /ABOUT[^=]*= \[([^\]]*)\]/.exec(source("app/src/cases/leaves.rs"))?.[1] ?? "";
    const found = codes(about, /"([a-z]+)"/g);
    expect(found.length).toBe(5);
    expect(found.filter((code) => !(`about_${code}` in zhCN.leaves))).toEqual([]);
  });
});
