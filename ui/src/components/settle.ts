import { useEffect, useState } from "react";

/** A value once it has stood still for a moment, so that a word that is being typed is asked for once and not letter by letter. */
export function useSettled<T>(value: T, delay = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}

/** True from the first time on: what was shown once, such as a field one types in, stays whatever comes of it. */
export function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
}

/** The row a page begins with, and a way to turn; a list of something else, another year or word, begins anew. */
export function useOffset(of: string): [number, (offset: number) => void] {
  const [at, setAt] = useState({ of, offset: 0 });
  if (at.of !== of) setAt({ of, offset: 0 });
  return [at.of === of ? at.offset : 0, (offset) => setAt({ of, offset })];
}
