import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { roleOf, useOffice, useRecords } from "../api";
import { ClockQuestion, useShortcuts } from "../components";
import { DeviceNotices } from "../features/device/DeviceNotices";
import { FirstUseScreen } from "../features/first-use";
import { useTexts } from "../locales";
import { Frame } from "./Frame";
import { Nav } from "./Nav";
import { StandingNotice } from "./StandingNotice";
import { SearchDialog } from "./SearchDialog";
import { UndoBar } from "./UndoBar";

/** The frame around every screen; before the first office exists, the first use instead. */
export function Shell() {
  const { office } = useOffice();
  // The first use goes on after the office is made: recovery words, import, first visit.
  const [starting, setStarting] = useState(office === null);
  const navigate = useNavigate();
  if (starting || office === null) {
    return (
      <FirstUseScreen onDone={(to) => {
        setStarting(false);
        void navigate({ to });
      }} />
    );
  }
  return <Inside />;
}

function Inside() {
  const { t } = useTexts();
  const { office } = useOffice();
  const role = roleOf(office);
  const records = useRecords();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const [menu, setMenu] = useState(false);
  const [searching, setSearching] = useState(false);

  useShortcuts({
    "Ctrl+K": () => setSearching(true),
    ...(role === "branch" && records
      ? {
          F2: () => void navigate({ to: "/visit" }),
          F3: () => void navigate({ to: "/roll" }),
          F4: () => void navigate({ to: "/dues", search: { tab: "collect" } }),
        }
      : {}),
  });

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
        <StandingNotice office={office} />
        <DeviceNotices />
        <Outlet />
      </main>
      {records ? <UndoBar key={office?.id} /> : null}
      <SearchDialog open={searching} role={role} onClose={() => setSearching(false)} />
    </div>
  );
}
