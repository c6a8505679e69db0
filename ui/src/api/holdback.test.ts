import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { holdback, inOrder, keeper } from "./holdback";

describe("what is typed", () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it("is kept while somebody types without a pause, never more than 700 ms late", () => {
    let typed = 0;
    const kept: number[] = [];
    const wait = holdback(() => { kept.push(typed); });
    for (let at = 0; at < 30_000; at += 100) {
      typed = at;
      wait.touch();
      vi.advanceTimersByTime(100);
      expect(typed - (kept.at(-1) ?? 0)).toBeLessThanOrEqual(700);
    }
    expect(kept.length).toBeGreaterThan(30);
    vi.advanceTimersByTime(700);
    expect(kept.at(-1)).toBe(29_900);
  });

  it("is kept soon after a pause, and once", () => {
    const act = vi.fn();
    const wait = holdback(act);
    wait.touch();
    vi.advanceTimersByTime(399);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    expect(act).toHaveBeenCalledTimes(1);
    wait.touch();
    wait.stop();
    vi.advanceTimersByTime(10_000);
    expect(act).toHaveBeenCalledTimes(1);
  });
});

it("values arrive in the order in which they were sent, after a failed one too", async () => {
  const arrived: string[] = [];
  const answers: ((done: boolean) => void)[] = [];
  const send = inOrder((value: string) => {
    arrived.push(value);
    return new Promise((resolve, reject) => answers.push((done) => (done ? resolve(null) : reject(new Error("no")))));
  });
  send("a");
  send("ab");
  send("");
  expect(arrived).toEqual(["a"]);
  answers[0]?.(false);
  await vi.waitFor(() => expect(arrived).toEqual(["a", "ab"]));
  answers[1]?.(true);
  await vi.waitFor(() => expect(arrived).toEqual(["a", "ab", ""]));
});

it("a form that is done with leaves nothing behind, and leaving it sends what was typed last", () => {
  const send = vi.fn(() => Promise.resolve());
  const kept = keeper<string>(send);
  kept.keep("a");
  kept.keep("ab");
  kept.flush();
  expect(send.mock.calls).toEqual([["ab"]]);
  kept.flush();
  expect(send).toHaveBeenCalledTimes(1);
  const other = keeper<string>(send);
  other.keep("abc");
  other.discard();
  expect(send.mock.calls.at(-1)).toEqual([null]);
  other.flush();
  expect(send).toHaveBeenCalledTimes(2);
});
