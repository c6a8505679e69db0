import { Link } from "@tanstack/react-router";
import type { VisitRow } from "../../api/generated/VisitRow";
import { Mark, RecordMarks } from "../../components";
import { useTexts } from "../../locales";
import { concernTones } from "./ConcernRow";

/** A visit on a list; of a round table how much belongs to it. */
export function VisitLine({ row }: { row: VisitRow }) {
  const { t, code, date, several } = useTexts();
  const what = several([...row.situation.map((one) => code("situation", one)), row.situationText].filter(Boolean));
  const who = row.participants.length > 2
    ? t("visit.participantsShort", { first: row.participants[0], n: row.participants.length })
    : several(row.participants);
  const where = row.household ?? row.member ?? (row.householdErased === null ? row.place || t("visit.publicPlace") : t("forget.erasedOn", { date: date(row.householdErased) }));
  const kind = [row.occasion ? code("occasion", row.occasion) : "", row.whom ? code("whom", row.whom) : "", row.unit];
  return (
    <li className="line">
      <div className="what">
        <Link to="/visit" search={{ id: row.id }}>{date(row.date)} {where}</Link>
        <div className="soft">{[...kind, who, what].filter(Boolean).join(" · ")}</div>
      </div>
      <span className="row">
        {row.visits > 0 ? <Mark tone="blue" glyph="info">{t("visit.group", { visits: row.visits, concerns: row.concerns })}</Mark> : null}
        {row.table !== null ? <Mark tone="grey" glyph="info">{t("visit.evening")}</Mark> : null}
        {row.concern ? <Mark tone={concernTones[row.concern]} glyph={row.concern === "closed" ? "check" : "info"}>{t("visit.concern")} {t(`concern.${row.concern}`)}</Mark> : null}
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
      </span>
    </li>
  );
}
