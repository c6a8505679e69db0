import { useLocation, useNavigate } from "@tanstack/react-router";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { useShortcuts } from "../components";
import { HelpDialog, type HelpTab } from "../features/help";
import { pageOfRoute } from "../help";
import { useTexts } from "../locales";
import "./help-before.css";

const Context = createContext<(tab: HelpTab) => void>(() => {});

/** Opens the help of the page that is shown, or its shortcuts. */
export function useHelp(): (tab: HelpTab) => void {
  return useContext(Context);
}

/** F1 and ? open the same window. */
function useHelpKeys() {
  const [tab, setTab] = useState<HelpTab | null>(null);
  const open = useCallback((wanted: HelpTab) => setTab(wanted), []);
  useShortcuts({
    F1: { label: "keys.help", act: () => open("page"), overDialogs: true },
    "?": { label: "keys.open", act: () => open("keys"), overDialogs: true },
  }, "everywhere");
  return { tab, setTab, open };
}

/** Help on every page of the program; the button of the frame opens it too. */
export function HelpProvider({ children }: { children: ReactNode }) {
  const path = useLocation({ select: (location) => location.pathname });
  const navigate = useNavigate();
  const { tab, setTab, open } = useHelpKeys();
  return (
    <Context value={open}>
      {children}
      <HelpDialog page={pageOfRoute[path] ?? "help"} tab={tab} onTab={setTab} onAll={() => void navigate({ to: "/help" })} />
    </Context>
  );
}

/** Help before there is a page: at the first use, before the passphrase, and where a person is chosen. All of it is in the window. */
export function HelpBefore({ page, children }: { page: string; children: ReactNode }) {
  const { t } = useTexts();
  const { tab, setTab, open } = useHelpKeys();
  return (
    <Context value={open}>
      {children}
      <div className="help-before">
        <button type="button" className="plain-button" onClick={() => open("page")}>{t("help.open")} <kbd>F1</kbd></button>
      </div>
      <HelpDialog page={page} tab={tab} onTab={setTab} />
    </Context>
  );
}
