import { Link } from "@tanstack/react-router";
import { nothing, roleOf, useOffice, useQuery } from "../api";
import { Mark, SyncWords } from "../components";
import { useTexts } from "../locales";
import { useHelp } from "./HelpProvider";
import { RecorderButton } from "./RecorderButton";

/** Office, year, search, sync status, recorder. */
export function Frame({ menuOpen, onMenu, onSearch }: { menuOpen: boolean; onMenu: () => void; onSearch: () => void }) {
  const { t } = useTexts();
  const help = useHelp();
  const { office, overview, year, years, choose, chooseYear } = useOffice();
  const status = useQuery("sync.status", nothing);
  const offices = overview?.offices ?? [];
  return (
    <header className={menuOpen ? "frame-bar open" : "frame-bar"}>
      <div className="brand">
        <span className="seal" aria-hidden="true">一</span>
        {t("common.product")}
      </div>
      <button type="button" className="frame-button menu-button" aria-expanded={menuOpen} aria-controls="nav" onClick={onMenu}>
        ☰ {t("frame.menu")}
      </button>
      <select className="control" aria-label={t("frame.office")} value={office?.id ?? ""} onChange={(event) => choose(event.target.value)}>
        {offices.map((one) => <option key={one.id} value={one.id}>{one.sample ? `${t("sample.label")} · ${one.name}` : one.name}</option>)}
      </select>
      <select className="control when-open" aria-label={t("frame.year")} value={year ?? ""} onChange={(event) => chooseYear(Number(event.target.value))}>
        {years.toReversed().map((one) => <option key={one} value={one}>{t("frame.yearOf", { year: one })}</option>)}
      </select>
      <button type="button" className="frame-button when-open" onClick={onSearch}>
        {t("frame.search")} <kbd>Ctrl+K</kbd>
      </button>
      <button type="button" className="frame-button" onClick={() => help("page")}>
        {t("help.open")} <kbd>F1</kbd>
      </button>
      <span className="spring" />
      <Link to="/sync" className="sync-line">
        {status.data ? <SyncWords status={status.data} root={roleOf(office) === "department"} /> : (
          <Mark tone="grey">{t("status.unknown")}</Mark>
        )}
      </Link>
      <span className="when-open"><RecorderButton /></span>
    </header>
  );
}
