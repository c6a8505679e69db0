import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { roleOf, useOffice } from "../../api";
import type { CalendarEntry } from "../../api/generated/CalendarEntry";
import type { CalendarUnit } from "../../api/generated/CalendarUnit";
import { Mark } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { far, named, said, target } from "./words";

/** Names that stand there at once. */
const SHOWN = 12;

/** One thing that is due: who owes it, what follows, what helps, and where that comes from. */
export function EntryCard({ entry, onUrge }: { entry: CalendarEntry; onUrge: (entry: CalendarEntry) => void }) {
  const texts = useTexts();
  const { t, date, several } = texts;
  const { office } = useOffice();
  const [whole, setWhole] = useState(false);
  const role = roleOf(office);
  const link = target(entry, role);
  const below = entry.units.some((unit) => !unit.here);
  const shown = whole ? entry.units : entry.units.slice(0, SHOWN);
  const own = entry.units.every((unit) => unit.here);
  const title = named(texts, entry);
  return (
    <li className="entry">
      <div className="line">
        <div className="what">
          <h3>{title}</h3>
          <div className="soft">{date(entry.day)}</div>
        </div>
        <span className="row">
          <Mark tone={entry.days < 0 ? "yellow" : entry.days === 0 ? "blue" : "grey"} glyph={entry.days < 0 ? "warn" : "info"}>{far(texts, entry.days)}</Mark>
          {below && role === "committee" ? <Button onClick={() => onUrge(entry)} aria-label={`${t("urge.copy")} ${title}`}>{t("urge.copy")}</Button> : null}
          {link ? <Link to={link.to} search={link.search} className="ant-btn" aria-label={`${t(own ? "calendar.go" : "calendar.look")} ${title}`}>{t(own ? "calendar.go" : "calendar.look")}</Link> : null}
        </span>
      </div>
      {own && entry.units.length === 1 && entry.units[0]?.count === 0 ? null : (
        <p>
          {entry.units.length > 1 ? <strong>{t("calendar.units", { n: entry.units.length })} </strong> : null}
          {several(shown.map((unit) => unitName(texts, unit)))}
          {shown.length < entry.units.length ? <> <button type="button" className="plain-button" onClick={() => setWhole(true)}>{t("calendar.showAll", { n: entry.units.length })}</button></> : null}
        </p>
      )}
      <dl>
        <div><dt>{t("calendar.consequence")}</dt><dd>{said(texts, entry.consequence)}</dd></div>
        <div><dt>{t("calendar.remedy")}</dt><dd>{said(texts, entry.remedy)}</dd></div>
        {entry.citation ? <div><dt>{t("calendar.source")}</dt><dd title={entry.rule?.text}>{entry.citation}</dd></div> : null}
      </dl>
    </li>
  );
}

function unitName({ t }: Texts, unit: CalendarUnit): string {
  const name = unit.count > 0 ? t("calendar.counted", { name: unit.name, n: unit.count }) : unit.name;
  return unit.unknown ? t("calendar.notKnown", { name }) : name;
}
