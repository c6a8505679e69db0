import { useEffect, useRef } from "react";

type KeyEvent = Pick<KeyboardEvent, "key" | "isComposing" | "keyCode">;

/** True while an input method is composing; WebKit reports the confirming Enter only by its code 229. */
export function composing(event: KeyEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** `F2`, `Ctrl+Enter`, `Ctrl+K`; on a Mac the command key stands for Ctrl. */
export function chord(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
}

/** Acts on keys anywhere in the window, never during composition. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.altKey || composing(event)) return;
      const action = latest.current[chord(event)];
      if (!action) return;
      event.preventDefault();
      action();
    }
    globalThis.addEventListener("keydown", onKey);
    return () => globalThis.removeEventListener("keydown", onKey);
  }, []);
}
