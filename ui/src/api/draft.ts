import { useCallback, useEffect, useRef, useState } from "react";
import { useCommand, useQuery } from "./hooks";
import type { JsonValue } from "./generated/serde_json/JsonValue";
import { nothing } from "./hooks";

const delay = 400;

/**
 * What a form held when it was left unfinished. `found` is undefined until it is known, then the value or null;
 * `keep` stores what is typed shortly after, `discard` drops it once the record is saved.
 */
export function useDraft<T>(form: string, key: string) {
  const drafts = useQuery("draft.list", nothing);
  const { mutate } = useCommand("draft.save");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pending = useRef<JsonValue | undefined>(undefined);
  const [found, setFound] = useState<T | null | undefined>(undefined);

  // An answer from before the last change does not count.
  if (found === undefined && !drafts.isFetching && (drafts.data || drafts.isError)) {
    const row = drafts.data?.find((draft) => draft.form === form && draft.key === key);
    setFound((row?.value as T | undefined) ?? null);
  }

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (pending.current === undefined) return;
    mutate({ form, key, value: pending.current });
    pending.current = undefined;
  }, [form, key, mutate]);

  const keep = useCallback(
    (value: T) => {
      pending.current = value as JsonValue;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, delay);
    },
    [flush],
  );

  const discard = useCallback(() => {
    clearTimeout(timer.current);
    pending.current = undefined;
    mutate({ form, key, value: null });
  }, [form, key, mutate]);

  useEffect(() => {
    globalThis.addEventListener("pagehide", flush);
    return () => {
      globalThis.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  return { found, keep, discard };
}
