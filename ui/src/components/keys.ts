import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { TextKey } from "../locales";

type KeyEvent = Pick<KeyboardEvent, "key" | "isComposing" | "keyCode">;
type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "preventDefault"> & Partial<Pick<KeyboardEvent, "shiftKey">> & KeyEvent & { altKey: boolean; defaultPrevented: boolean };

/** A key or chord with what it does, in words for the list of shortcuts. */
export interface Shortcut {
  /** What it does; none where `words` says it. */
  label: TextKey;
  act: () => void;
  /** Acts over an open dialog too: the lock, help, and keys of a dialog itself. */
  overDialogs?: boolean;
}

/** Chord as `chord` writes it, and what it does. Keys with one meaning, such as four arrows, share a label. */
export type Shortcuts = Readonly<Record<string, Shortcut>>;

/** Where shortcuts act: in the whole program, on the screen that is shown, or in one part that has the focus. */
export type Scope = "everywhere" | "screen" | "part";

export interface ListedKeys {
  scope: Scope;
  keys: string[];
  label: TextKey;
}

/** True while an input method is composing; WebKit reports the confirming Enter only by its code 229. */
export function composing(event: KeyEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** `F2`, `Ctrl+Enter`, `Ctrl+K`, `Ctrl+Shift+Z`; on a Mac the command key stands for Ctrl. The question mark of an input method counts. */
export function chord(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey"> & Partial<Pick<KeyboardEvent, "shiftKey">>): string {
  const key = event.key === "?" ? "?" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (!event.ctrlKey && !event.metaKey) return key;
  return event.shiftKey && key.length === 1 ? `Ctrl+Shift+${key}` : `Ctrl+${key}`;
}

/** What a field does by itself with these is meant there. */
const editing = new Set(["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"]);

/** A dialog that is there to be answered; one that is just closing is not. */
const openDialog = "[role=dialog]:not([class*=-leave])";

/** Whether something is being typed there. */
function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

// The one registry: what is not in it acts on nothing, so that the list of shortcuts cannot forget any.
const registered = new Map<symbol, { scope: Scope; shortcuts: Shortcuts }>();
const listeners = new Set<() => void>();
let listed: readonly ListedKeys[] = [];

const order: Record<Scope, number> = { part: 0, screen: 1, everywhere: 2 };

function relist(): void {
  const rows = new Map<string, ListedKeys>();
  const all = [...registered.values()].toSorted((a, b) => order[a.scope] - order[b.scope]);
  for (const { scope, shortcuts } of all) {
    for (const [key, { label }] of Object.entries(shortcuts)) {
      const row = rows.get(`${scope} ${label}`) ?? { scope, keys: [], label };
      if (!row.keys.includes(key)) row.keys.push(key);
      rows.set(`${scope} ${label}`, row);
    }
  }
  listed = [...rows.values()];
  for (const told of listeners) told();
}

function useRegistered(scope: Scope, shortcuts: Shortcuts): void {
  const id = useRef(Symbol(scope));
  const shape = Object.entries(shortcuts).map(([key, { label }]) => `${key}=${label}`).join(" ");
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const own = id.current;
    registered.set(own, { scope, shortcuts: latest.current });
    relist();
    return () => {
      registered.delete(own);
      relist();
    };
  }, [scope, shape]);
}

/** Everything that acts on keys just now, the nearest first. */
export function useListedKeys(): readonly ListedKeys[] {
  return useSyncExternalStore((told) => {
    listeners.add(told);
    return () => listeners.delete(told);
  }, () => listed);
}

/**
 * Acts on keys anywhere in the window, never during composition; a key without Ctrl that writes never in a field. While a
 * dialog is open what lies behind it is not meant.
 */
export function useShortcuts(shortcuts: Shortcuts, scope: Scope = "screen"): void {
  const latest = useRef(shortcuts);
  useRegistered(scope, shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.altKey || composing(event)) return;
      const pressed = chord(event);
      const shortcut = latest.current[pressed];
      if (!shortcut || ((pressed.length === 1 || editing.has(pressed)) && inField(event.target))) return;
      // What the screen means by a key comes before what the program means by it.
      if (scope === "everywhere" && [...registered.values()].some((other) => other.scope !== "everywhere" && pressed in other.shortcuts)) return;
      const behind = !shortcut.overDialogs && document.querySelector(openDialog) !== null;
      if (behind && !editing.has(pressed)) return;
      // Nor may the browser take back what was typed into some field, where this key is the program's.
      event.preventDefault();
      // A key that is held down takes back one step, not all of them.
      if (behind || (event.repeat && editing.has(pressed))) return;
      shortcut.act();
    }
    globalThis.addEventListener("keydown", onKey);
    return () => globalThis.removeEventListener("keydown", onKey);
  }, [scope]);
}

/** Keys that do one thing in one part of a screen, such as four arrows. */
export interface KeyGroup {
  keys: readonly string[];
  label: TextKey;
  act: (key: string) => void;
}

/** Keys of one part of a screen, such as a grid: the answer is its `onKeyDown`. */
export function usePartKeys(groups: readonly KeyGroup[]): (event: Pressed | { nativeEvent: Pressed }) => void {
  const shortcuts: Shortcuts = Object.fromEntries(groups.flatMap(({ keys, label, act }) => keys.map((key) => [key, { label, act: () => act(key) }])));
  const latest = useRef(shortcuts);
  useRegistered("part", shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  return useCallback((event) => {
    const pressed = "nativeEvent" in event ? event.nativeEvent : event;
    if (composing(pressed) || pressed.altKey || pressed.defaultPrevented) return;
    const shortcut = latest.current[chord(pressed)];
    if (!shortcut) return;
    pressed.preventDefault();
    shortcut.act();
  }, []);
}
