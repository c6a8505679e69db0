import { createContext, useContext } from "react";

/** Locks the screen at once; nothing happens where nobody could unlock it. */
const Context = createContext<() => void>(() => {});

export const LockProvider = Context.Provider;

export function useLock(): () => void {
  return useContext(Context);
}
