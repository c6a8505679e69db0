/** Every record type, field, reason and reader that the node can name has its words. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contents } from "../api/generated/contents";
import { en } from "./en";
import { zhCN } from "./zh-CN";

const crates = join(import.meta.dirname, "..", "..", "..", "crates");
const source = (path: string) => readFileSync(join(crates, path), "utf8").split("\n#[cfg(test)]")[0] ?? "";
const tree = (path: string) => readdirSync(join(crates, path), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".rs")).map((name) => source(join(path, name)));
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
    const found = [...codes(source("store/src/history.rs"), /Self::\w+ => "([a-z_]+)"/g), ...codes(source("app/src/cases/history.rs"), /Standing::\w+ => "([a-z_]+)"/g)];
    expect(found.length).toBe(11);
    expect(found.filter((code) => !(code in zhCN.history))).toEqual([]);
  });

  it("name everything that neighbours learn", () => {
    const about = /ABOUT[^=]*= \[([^\]]*)\]/.exec(source("app/src/cases/leaves.rs"))?.[1] ?? "";
    const found = codes(about, /"([a-z]+)"/g);
    expect(found.length).toBe(6);
    expect(found.filter((code) => !(`about_${code}` in zhCN.leaves))).toEqual([]);
  });

  it("say what every line of the local log tells", () => {
    const told = /(?:edits\.log(?:_once)?\(|LogEntry \{[^}]*?\bcode: |line\(node, |\blog\(node, |\.note\(|passed\.insert\()"([a-z_]+)"/g;
    const found = [...new Set(codes([...tree("app/src"), ...tree("store/src")].join("\n"), told))];
    expect(found.length).toBeGreaterThan(30);
    for (const words of [zhCN, en]) expect(found.filter((code) => !(`code_${code}` in words.log))).toEqual([]);
  });

  it("name everything that a root keeper issues", () => {
    const found = codes(source("app/src/cases/root.rs"), /Body::\w+[^=]*=> \("([a-z]+)"/g);
    expect(found.length).toBe(12);
    for (const words of [zhCN, en]) expect(found.filter((code) => !(`issued_${code}` in words.root))).toEqual([]);
  });
});
