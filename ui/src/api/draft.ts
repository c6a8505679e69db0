import { useIsMutating } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { JsonValue } from "./generated/serde_json/JsonValue";
import { keeper } from "./holdback";
import { nothing, useCommand, useQuery } from "./hooks";

/**
 * What a form held when it was left unfinished. `found` is undefined until it is known, then the value or null;
 * `keep` stores what is typed shortly after, within a second also while typing goes on; `discard` drops it once the record is
 * saved.
 */
export function useDraft<T>(form: string, key: string) {
  const drafts = useQuery("draft.list", nothing);
  const { mutateAsync } = useCommand("draft.save");
  const [found, setFound] = useState<T | null | undefined>(undefined);

  // What was typed is sent when its form is left, and whoever comes back at once waits until it has arrived.
  const saving = useIsMutating({ mutationKey: ["draft.save"] }) > 0;

  // An answer from before the last change does not count.
  if (found === undefined && !saving && !drafts.isFetching && (drafts.data || drafts.isError)) {
    const row = drafts.data?.find((draft) => draft.form === form && draft.key === key);
    setFound((row?.value as T | undefined) ?? null);
  }

  const { keep, flush, discard } = useMemo(
    () => keeper<T>((value) => mutateAsync({ form, key, value: value as JsonValue })),
    [form, key, mutateAsync],
  );

  useEffect(() => {
    globalThis.addEventListener("pagehide", flush);
    return () => {
      globalThis.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  return { found, keep, discard };
}
