/** Reads the Rust sources for the codes that they send, and looks for the words of each. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "./en";
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

/** Codes of a call that fails. */
const failures = [
  ...found([...app, ...hub], /ErrorDto::new\(\s*"([a-z0-9_]+)"/g),
  ...found([...app], /ImportError::new\(\s*"([a-z0-9_]+)"/g),
  ...found([...app], /refused\(\s*"([a-z0-9_]+)"/g),
  ...found(app.filter((file) => file.path === "node.rs"), /OpenError::[^=]*=> "([a-z0-9_]+)"/g),
];
/** Codes of a cell of a sheet, and of what is asked about one. */
const issues = [...found(importing, /ValueError::new\(\s*"([a-z0-9_]+)"/g), ...found(importing, /\.(?:warn|error)\([^;"]*"([a-z0-9_]+)"/g)];
const questions = [...found(importing, /\.ask\([^;"]*"([a-z0-9_]+)"/g), ...found(importing, /const ASKED: &str = "([a-z0-9_]+)"/g)];

/** The codes of a table of the command line. */
const table = (name: string) => found(hub.filter((file) => new RegExp(`^print/${name}(\\.rs$|/)`).test(file.path.replaceAll("\\", "/"))), /^\s{4}\("([a-z0-9_]+)", "/gm);

describe("codes of the node", () => {
  it("have a sentence when a call fails", () => {
    expect(failures.length).toBeGreaterThan(40);
    for (const { errors } of [zhCN, en]) expect(missing(failures, errors)).toEqual([]);
  });

  it("have a sentence when a sheet is read", () => {
    expect(issues.length).toBeGreaterThan(40);
    expect(questions).toContain("quarter_months");
    for (const { importIssue } of [zhCN, en]) expect(missing([...issues, ...questions], importIssue)).toEqual([]);
  });

  it("have a sentence on the command line too", () => {
    const known = (name: string) => Object.fromEntries(table(name).map((code) => [code, true]));
    expect(missing(issues, known("issue"))).toEqual([]);
    expect(missing(failures, known("words"))).toEqual([]);
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

  it("name the answers to a question that name nobody", () => {
    const codes = found(app, /(?:ImportOption|Self)::coded\(\s*"(\w+)"/g);
    for (const { importOption } of [zhCN, en]) expect(codes).toEqual(Object.keys(importOption).toSorted());
  });

  it("name every field of a sheet", () => {
    const field = importing.find((file) => file.path === "field.rs")?.text ?? "";
    const codeOf = Object.fromEntries([...field.matchAll(/^\s{4}(\w+) = "([a-z_]+)",/gm)].map((match) => [match[1], match[2] ?? ""]));
    // Months have a name of their own, quarters one each.
    const built = found([{ text: field }], /=> format!\("(\w+_\{[^"]*)"/g);
    expect(built).toEqual(["month_{month:02}", "month_{month:02}_on", "quarter_{quarter}", "quarter_{quarter}_on"]);
    const quarters = [1, 2, 3, 4].flatMap((of) => [`quarter_${of}`, `quarter_${of}_on`]);
    for (const { importField } of [zhCN, en]) expect(missing([...Object.values<string>(codeOf), ...quarters, "month_on"], importField)).toEqual([]);
  });

  it("say of every kind of session that it is missing", () => {
    const session = sources(join(crates, "domain", "src", "ledger")).find((file) => file.path === "session.rs")?.text ?? "";
    const kinds = [...(/pub fn as_str\(self\)[^}]*/.exec(session)?.[0] ?? "").matchAll(/=> "(\w+)"/g)].map((match) => match[1] ?? "");
    expect(kinds.length).toBeGreaterThan(6);
    for (const { gap, due, meeting } of [zhCN, en]) {
      expect(missing(kinds, gap)).toEqual([]);
      expect(missing(kinds, meeting)).toEqual([]);
      expect(missing(kinds.map((kind) => `${kind}_missing`), due)).toEqual([]);
    }
  });
});
