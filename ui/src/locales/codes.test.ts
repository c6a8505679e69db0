/** Reads the Rust sources for the codes that they send, and looks for the words of each. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zhCN } from "./zh-CN";

const crates = join(import.meta.dirname, "..", "..", "..", "crates");

/** What stands before the unit tests of each Rust file of a folder. */
function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rs") && !/(^|\/)tests(\/|\.rs$)/.test(name.replaceAll("\\", "/")))
    .map((name) => ({ path: name, text: readFileSync(join(folder, name), "utf8").split("\n#[cfg(test)]\nmod tests {")[0] ?? "" }));
}

const app = sources(join(crates, "app", "src"));
const hub = sources(join(crates, "hub", "src"));
const importing = sources(join(crates, "app", "src", "import"));

function found(files: { text: string }[], pattern: RegExp): string[] {
  return [...new Set(files.flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1] ?? "")))].toSorted();
}

const missing = (codes: string[], words: object) => codes.filter((code) => !(code in words));

describe("codes of the node", () => {
  it("have a sentence when a call fails", () => {
    const codes = [
      ...found([...app, ...hub], /ErrorDto::new\(\s*"([a-z0-9_]+)"/g),
      ...found([...app], /ImportError::new\(\s*"([a-z0-9_]+)"/g),
      ...found([...app], /refused\(\s*"([a-z0-9_]+)"/g),
      ...found(app.filter((file) => file.path === "node.rs"), /OpenError::[^=]*=> "([a-z0-9_]+)"/g),
    ];
    expect(codes.length).toBeGreaterThan(40);
    expect(missing(codes, zhCN.errors)).toEqual([]);
  });

  it("have a sentence when a sheet is read", () => {
    const codes = [
      ...found(importing, /ValueError::new\(\s*"([a-z0-9_]+)"/g),
      ...found(importing, /\.(?:warn|error|ask)\([^;"]*"([a-z0-9_]+)"/g),
    ];
    expect(codes.length).toBeGreaterThan(40);
    expect(missing(codes, zhCN.importIssue)).toEqual([]);
  });

  it("say what to do about a sheet", () => {
    const issue = importing.filter((file) => file.path === "issue.rs");
    const codes = [...found(issue, /=>\s*"([a-z_]+)",/g), ...found(importing, /ImportError::new\([^,]*,\s*"([a-z_]+)"/g)];
    expect(codes.length).toBeGreaterThan(10);
    expect(missing(codes, zhCN.importTodo)).toEqual([]);
  });

  it("say in each language what a snapshot counts, and mean the same", () => {
    const metrics = sources(join(crates, "domain", "src", "snapshot")).find((file) => file.path === "mod.rs")?.text ?? "";
    const named = [...metrics.matchAll(/^\s{4}metric\("(\w+)", [^"]*"([^"]*)", "([^"]*)"\)/gm)];
    expect(named.length).toBeGreaterThan(10);
    expect(zhCN.metric).toEqual(Object.fromEntries(named.map(([, code, name]) => [code, name])));
    expect(zhCN.metricDefinition).toEqual(Object.fromEntries(named.map(([, code, , definition]) => [code, definition])));
  });

  it("name the answers to a question that are no person", () => {
    const codes = found(importing.filter((file) => file.path === "plan/mod.rs"), /const (?:NEW|SKIP): &str = "(\w+)"/g);
    expect(codes).toEqual(Object.keys(zhCN.importOption).toSorted());
  });

  it("name every field of a sheet", () => {
    const field = importing.find((file) => file.path === "field.rs")?.text ?? "";
    const codeOf = Object.fromEntries([...field.matchAll(/^\s{4}(\w+) = "([a-z_]+)",/gm)].map((match) => [match[1], match[2] ?? ""]));
    expect(missing(Object.values(codeOf), zhCN.importField)).toEqual([]);
  });
});
