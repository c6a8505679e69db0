import { useEffect, useRef } from "react";

const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Acts once after so many minutes without a key, a touch or a movement; none: never. */
export function useIdle(minutes: number | null, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (minutes === null) return;
    let timer = setTimeout(() => latest.current(), minutes * 60_000);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), minutes * 60_000);
    };
    for (const sign of signs) globalThis.addEventListener(sign, again, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) globalThis.removeEventListener(sign, again);
    };
  }, [minutes]);
}
