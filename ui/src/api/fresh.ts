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

/** What the form of a record began with. */
interface Begun {
  /** The form's key: while nothing was typed it changes with the record, so that the form begins anew. */
  name: string;
  /** Something was typed: the form stays, whatever happens to the record. */
  typed: () => void;
  /** It was saved: what changes now is its own. */
  done: () => void;
  /** It was given up, and begins with the record as it is. */
  again: () => void;
  /** The record is another by now than the one that was typed into. */
  elsewhere: boolean;
}

/** Lets a form follow its record, which somebody else changes or an undone step, until something is typed or goes on from a draft. */
export function useBegun(record: unknown, continues: boolean): Begun {
  const now = JSON.stringify(record) ?? "";
  const [held, setHeld] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  if (continues && held === null) setHeld(now);
  return {
    name: held ?? now,
    typed: () => {
      setSaved(false);
      setHeld((before) => before ?? now);
    },
    done: () => setSaved(true),
    again: () => setHeld(null),
    elsewhere: !saved && held !== null && held !== now,
  };
}
