import { useRef, useState } from "react";
import { useDraft } from "../../api";

/** What a dialog knows of its draft: whether it goes on with one, and how to begin anew. */
export interface DialogDraft {
  continues: boolean;
  startOver: () => void;
}

/**
 * What is typed into a dialog, kept as a draft like any other form's: a window that closes loses nothing. `done` ends the
 * draft; a dialog that was only looked at leaves none.
 */
export function useTyped<T extends object>(form: string, key: string, initial: T): {
  typed: T;
  set: (part: Partial<T>) => void;
  draft: DialogDraft;
  done: () => void;
} {
  const draft = useDraft<Partial<T>>(form, key);
  const [own, setOwn] = useState<T | null>(null);
  const [fresh, setFresh] = useState(false);
  const found = fresh ? null : draft.found;
  const typed = own ?? (found ? { ...initial, ...found } : initial);
  // Two parts that are set before the screen is drawn again add up.
  const latest = useRef<T | null>(null);
  return {
    typed,
    set: (part) => {
      const next = { ...(latest.current ?? typed), ...part };
      latest.current = next;
      setOwn(next);
      draft.keep(next);
    },
    draft: {
      continues: found != null,
      startOver: () => {
        draft.discard();
        setFresh(true);
        latest.current = initial;
        setOwn(initial);
      },
    },
    done: draft.discard,
  };
}
