import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call } from "../platform";
import { invalidate } from "./client";
import type { Changes } from "./generated/Changes";

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Keeps one long poll open and asks the touched queries again; a node that does not answer is asked ever less often. */
export async function followChanges(
  onTags: (tags: string[]) => void,
  signal: AbortSignal,
  ask: typeof call = call,
): Promise<void> {
  let cursor = 0;
  let pause = 1_000;
  while (!signal.aborted) {
    try {
      // One answer at a time is the point of a long poll.
      // oxlint-disable-next-line no-await-in-loop
      const changes = (await ask("changes.wait", null, { cursor, timeoutMs: 25_000 }, signal)) as Changes;
      if (changes.tags.length > 0) onTags(changes.tags);
      cursor = changes.cursor;
      pause = 1_000;
    } catch {
      if (signal.aborted) return;
      // oxlint-disable-next-line no-await-in-loop
      await wait(pause, signal);
      pause = Math.min(pause * 2, 30_000);
    }
  }
}

/** Runs the loop for as long as the window is open. */
export function useChanges(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    void followChanges((tags) => void invalidate(client, tags), stop.signal);
    return () => stop.abort();
  }, [client]);
}
