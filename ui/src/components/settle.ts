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
