import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Whether a media query holds, for as long as somebody looks; `media` is asked anew when it changes. */
export function useMedia(media: string, atOnce = false): boolean {
  const [holds, setHolds] = useState(() => globalThis.matchMedia?.(media).matches ?? false);
  useEffect(() => {
    const list = globalThis.matchMedia?.(media);
    if (!list) return;
    const told = () => (atOnce ? flushSync(() => setHolds(list.matches)) : setHolds(list.matches));
    told();
    list.addEventListener("change", told);
    return () => list.removeEventListener("change", told);
  }, [media, atOnce]);
  return holds;
}
