import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { OfficeProvider, roleOf, useOffice, useRecords } from "../api";
import { ClockQuestion, type Shortcuts, useShortcuts } from "../components";
import { DeviceNotices } from "../features/device/DeviceNotices";
import { FirstUseScreen } from "../features/first-use";
import { useTexts } from "../locales";
import { Frame } from "./Frame";
import { HelpBefore, HelpProvider } from "./HelpProvider";
import { Nav } from "./Nav";
import { SampleBanner } from "./SampleBanner";
import { StandingNotice } from "./StandingNotice";
import { SearchDialog } from "./SearchDialog";
import { UndoBar } from "./UndoBar";
import { useReminder } from "./useReminder";

/** The frame around every screen; before the first office exists, the first use instead. */
export function Shell() {
  const choice = useOffice();
  const { office, overview } = choice;
  // Whoever looks at the sample has no office of his own yet, and begins as one without any.
  const own = office?.sample ? (overview?.offices.find((one) => !one.sample) ?? null) : office;
  // The first use goes on after the office is made: recovery words, import, first visit.
  const [starting, setStarting] = useState(office === null);
  const navigate = useNavigate();
  if (!starting && office !== null) return <HelpProvider><Inside onStart={() => setStarting(true)} /></HelpProvider>;
  return (
    <OfficeProvider value={{ ...choice, office: own }}>
      <HelpBefore page="firstDays">
        <FirstUseScreen onDone={(to) => {
          setStarting(false);
          void navigate({ to });
        }} />
      </HelpBefore>
    </OfficeProvider>
  );
}

function Inside({ onStart }: { onStart: () => void }) {
  const { t } = useTexts();
  const { office } = useOffice();
  const role = roleOf(office);
  const records = useRecords();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const [menu, setMenu] = useState(false);
  const [searching, setSearching] = useState(false);

  useReminder();
  const shortcuts: Shortcuts = {
    "Ctrl+K": { label: "keys.search", act: () => setSearching(true) },
    F6: { label: "keys.menu", act: () => {
      setMenu(true);
      // On a narrow window the menu is there only once it is open.
      setTimeout(() => (document.querySelector<HTMLElement>("#nav a[aria-current]") ?? document.querySelector<HTMLElement>("#nav a"))?.focus());
    } },
  };
  const branch: Shortcuts = {
    F2: { label: "keys.visit", act: () => void navigate({ to: "/visit" }) },
    F3: { label: "keys.roll", act: () => void navigate({ to: "/roll" }) },
    F4: { label: "keys.dues", act: () => void navigate({ to: "/dues", search: { tab: "collect" } }) },
  };
  useShortcuts(role === "branch" && records ? { ...shortcuts, ...branch } : shortcuts, "everywhere");

  useEffect(() => {
    setMenu(false);
    const box = main.current;
    if (box && !box.contains(document.activeElement)) box.focus({ preventScroll: true });
    globalThis.scrollTo?.(0, 0);
  }, [path]);

  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        main.current?.focus();
      }}>{t("frame.skip")}</a>
      <Frame menuOpen={menu} onMenu={() => setMenu((open) => !open)} onSearch={() => setSearching(true)} />
      <Nav role={role} path={path} open={menu} />
      <main className="main" id="main" ref={main} tabIndex={-1}>
        <ClockQuestion />
        <SampleBanner onStart={onStart} />
        <StandingNotice office={office} />
        <DeviceNotices />
        <Outlet />
      </main>
      {records ? <UndoBar key={office?.id} path={path} /> : null}
      <SearchDialog open={searching} role={role} onClose={() => setSearching(false)} />
    </div>
  );
}
