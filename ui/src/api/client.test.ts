import { describe, expect, it, vi } from "vitest";
import { touches } from "./client";
import { followChanges } from "./changes";
import { rpcTags } from "./generated/rpc";

describe("tags", () => {
  it("ask again exactly the queries that share one", () => {
    expect(touches("visit.list", ["visit"])).toBe(true);
    expect(touches("visit.list", ["dues"])).toBe(false);
    expect(touches("visit.list", [])).toBe(false);
  });

  it("of any kind ask today and the matrix again", () => {
    expect(touches("today", ["dues"])).toBe(true);
    expect(touches("matrix", ["session"])).toBe(true);
  });

  it("leave questions without tags alone", () => {
    expect(touches("date.read", ["visit"])).toBe(false);
    expect(touches("changes.wait", ["visit"])).toBe(false);
  });

  it("are known for every call", () => {
    for (const [name, { kind }] of Object.entries(rpcTags)) expect(["query", "command"], name).toContain(kind);
  });
});

describe("the change loop", () => {
  it("passes the cursor on and hands over tags", async () => {
    const stop = new AbortController();
    const ask = vi.fn()
      .mockResolvedValueOnce({ cursor: 4, tags: [] })
      .mockResolvedValueOnce({ cursor: 7, tags: ["visit"] })
      .mockImplementation(() => {
        stop.abort();
        return Promise.reject(new Error("stopped"));
      });
    const seen: string[][] = [];
    await followChanges((tags) => seen.push(tags), stop.signal, ask);
    expect(ask.mock.calls.map((one) => (one[2] as { cursor: number }).cursor)).toEqual([0, 4, 7]);
    expect(seen).toEqual([["visit"]]);
  });
});
