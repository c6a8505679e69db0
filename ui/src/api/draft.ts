import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { JsonValue } from "./generated/serde_json/JsonValue";
import { holdback, inOrder } from "./holdback";
import { nothing, useCommand, useQuery } from "./hooks";

/**
 * What a form held when it was left unfinished. `found` is undefined until it is known, then the value or null;
 * `keep` stores what is typed shortly after, within a second also while typing goes on; `discard` drops it once the record is
 * saved.
 */
export function useDraft<T>(form: string, key: string) {
  const drafts = useQuery("draft.list", nothing);
  const { mutateAsync } = useCommand("draft.save");
  const pending = useRef<JsonValue | undefined>(undefined);
  const [found, setFound] = useState<T | null | undefined>(undefined);

  // An answer from before the last change does not count.
  if (found === undefined && !drafts.isFetching && (drafts.data || drafts.isError)) {
    const row = drafts.data?.find((draft) => draft.form === form && draft.key === key);
    setFound((row?.value as T | undefined) ?? null);
  }

  const { send, flush, wait } = useMemo(() => {
    const send = inOrder((value: JsonValue | null) => mutateAsync({ form, key, value }));
    const flush = () => {
      if (pending.current === undefined) return;
      const value = pending.current;
      pending.current = undefined;
      send(value);
    };
    return { send, flush, wait: holdback(flush) };
  }, [form, key, mutateAsync]);

  const keep = useCallback(
    (value: T) => {
      pending.current = value as JsonValue;
      wait.touch();
    },
    [wait],
  );

  const discard = useCallback(() => {
    wait.stop();
    pending.current = undefined;
    send(null);
  }, [wait, send]);

  useEffect(() => {
    const now = () => {
      wait.stop();
      flush();
    };
    globalThis.addEventListener("pagehide", now);
    return () => {
      globalThis.removeEventListener("pagehide", now);
      now();
    };
  }, [flush, wait]);

  return { found, keep, discard };
}
