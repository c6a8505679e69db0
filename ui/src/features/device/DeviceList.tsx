import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { DeviceRow } from "../../api/generated/DeviceRow";
import type { DeviceState } from "../../api/generated/DeviceState";
import { Mark, type Tone } from "../../components";
import { useTexts } from "../../locales";

const looks: Record<DeviceState, Tone> = { active: "green", suspended: "yellow", retired: "grey", removed: "red" };

/** Devices with what may be done to each. */
export function DeviceList({ rows, office, onRemove, onSuspend }: {
  rows: readonly DeviceRow[];
  office?: boolean;
  onRemove: (row: DeviceRow) => void;
  onSuspend: (row: DeviceRow) => void;
}) {
  return <ul className="list">{rows.map((row) => <One key={`${row.office} ${row.device}`} row={row} office={office ?? false} onRemove={onRemove} onSuspend={onSuspend} />)}</ul>;
}

function One({ row, office, onRemove, onSuspend }: {
  row: DeviceRow;
  office: boolean;
  onRemove: (row: DeviceRow) => void;
  onSuspend: (row: DeviceRow) => void;
}) {
  const { t, code, date } = useTexts();
  const ended = row.state === "removed" || row.state === "retired";
  const facts = [
    code("device", row.role),
    row.since ? t("device.since", { date: date(row.since) }) : "",
    row.me ? "" : row.lastHeard ? t("device.lastHeard", { date: date(row.lastHeard) }) : t("device.neverHeard"),
    row.hub && !ended ? t("device.hub") : "",
    row.installed ? t("device.installed") : "",
    t("device.id", { id: row.device.slice(0, 8) }),
  ].filter(Boolean);
  const name = row.holder ?? t("device.noHolder");
  return (
    <li className="stack tight">
      <div className="line">
        <span className="what">
          {office ? <span>{row.officeName} · </span> : null}
          <strong>{name}</strong>
          {row.me ? <span className="soft">({t("device.me")})</span> : null}
          <span className="block soft">{facts.join(" · ")}</span>
          {row.confirmed || ended ? null : <span className="block soft">{t("device.notConfirmed")}</span>}
        </span>
        <Mark tone={looks[row.state]} {...(row.state === "retired" ? { glyph: "info" as const } : {})}>{t(`device.${row.state}`)}</Mark>
        {row.maySuspend || row.mayRemove ? (
          <span className="row">
            {row.maySuspend ? <Button onClick={() => onSuspend(row)} aria-label={`${t("device.suspend")} ${name}`}>{t("device.suspend")}</Button> : null}
            {row.mayRemove ? <Button danger onClick={() => onRemove(row)} aria-label={`${t("device.remove")} ${name}`}>{t("device.remove")}</Button> : null}
          </span>
        ) : null}
      </div>
      {row.undecided > 0 ? (
        <div className="line">
          <Mark tone="yellow">{t("device.undecided", { n: row.undecided })}</Mark>
          <Link to="/sync">{t("device.toDecide")}</Link>
        </div>
      ) : null}
    </li>
  );
}
