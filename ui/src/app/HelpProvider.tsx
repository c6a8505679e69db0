import { useLocation } from "@tanstack/react-router";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { useShortcuts } from "../components";
import { HelpDialog, type HelpTab } from "../features/help";

const Context = createContext<(tab: HelpTab) => void>(() => {});

/** Opens the help of the page that is shown, or its shortcuts. */
export function useHelp(): (tab: HelpTab) => void {
  return useContext(Context);
}

/** F1, ? and the button open the same window, on every page and before the first office. */
export function HelpProvider({ children }: { children: ReactNode }) {
  const path = useLocation({ select: (location) => location.pathname });
  const [tab, setTab] = useState<HelpTab | null>(null);
  const open = useCallback((wanted: HelpTab) => setTab(wanted), []);
  useShortcuts({
    F1: { label: "keys.help", act: () => open("page"), overDialogs: true },
    "?": { label: "keys.open", act: () => open("keys"), overDialogs: true },
  }, "everywhere");
  return (
    <Context value={open}>
      {children}
      <HelpDialog path={path} tab={tab} onTab={setTab} />
    </Context>
  );
}
