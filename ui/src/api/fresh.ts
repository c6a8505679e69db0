import { useState } from "react";
import type { RpcError } from "../platform";
import type { Input, Name, Output } from "./client";
import { useQuery } from "./hooks";

/**
 * As `useQuery`, for what a form begins with: an answer from before a change, kept while one looked elsewhere, counts as none.
 * What was given once stays while the node is asked again, so that a form which is open is not taken away.
 */
export function useFresh<K extends Name>(
  name: K,
  input: Input<K>,
  options: { enabled?: boolean } = {},
): { data: Output<K> | undefined; isError: boolean; error: RpcError | null; refetch: () => Promise<unknown> } {
  const { data, isError, error, isFetching, refetch } = useQuery(name, input, options);
  const of = JSON.stringify([name, input]);
  const [given, setGiven] = useState<string | null>(null);
  if (given !== of && data !== undefined && !isFetching) setGiven(of);
  return { data: given === of ? data : undefined, isError, error, refetch };
}

/**
 * What a form of a record began with. `name` is its key: while nothing was typed it changes with the record, so that the form
 * begins anew when somebody else changed it, or a step was undone. Once something was `typed` the form stays, and `elsewhere` says
 * that the record is another by now.
 */
export function useBegun(record: unknown, continues: boolean): { name: string; typed: () => void; again: () => void; elsewhere: boolean } {
  const now = JSON.stringify(record) ?? "";
  const [held, setHeld] = useState<string | null>(null);
  if (continues && held === null) setHeld(now);
  return { name: held ?? now, typed: () => setHeld((before) => before ?? now), again: () => setHeld(null), elsewhere: held !== null && held !== now };
}
