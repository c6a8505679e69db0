import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "../../api";
import type { InterviewCalendarRow } from "../../api/generated/InterviewCalendarRow";
import { Blank, Loaded, Mark, SelectField, type Tone } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { StateMark, years } from "./parts";

const tones: Record<string, Tone> = { ahead: "blue", overdue: "yellow", met: "green", late: "yellow" };

function standing({ t }: Texts, row: InterviewCalendarRow): string {
  if (row.standing === "ahead") return row.days === 0 ? t("flow.lastDay") : t("flow.daysLeft", { n: row.days });
  if (row.standing === "overdue") return t("flow.daysOver", { n: row.days });
  return row.standing === "late" ? t("flow.late", { n: row.days }) : t("flow.met");
}

/** 两个月时限: what interviews found, by the day by which it has to be rectified and reported. */
export function CalendarPart({ own, today }: { own: boolean; today: string }) {
  const texts = useTexts();
  const { t, date } = texts;
  const [year, setYear] = useState(today.slice(0, 4));
  const found = useQuery("interview.calendar", { year: Number(year), own });
  return (
    <>
      <div className="fields one"><SelectField label={t("common.year")} value={year} options={years(today)} onChange={setYear} /></div>
      <Loaded query={found}>{({ rows, citation }) => (
        <>
          <p className="soft">{t("rounds.source", { source: citation })}</p>
          {rows.length === 0 ? <Blank>{t("rounds.calendarEmpty")}</Blank> : (
            <ul className="card flush list">
              {rows.map((row) => (
                <li key={row.item.id} className="line">
                  <div className="what stack tight">
                    <strong>{date(row.by)}</strong>
                    <Link to="/flow" search={{ id: row.item.id }}>{row.item.title}</Link>
                    <span className="soft">{[own ? "" : row.item.officeName, row.item.category, t("rounds.countedFrom", { date: date(row.from) })].filter(Boolean).join(" · ")}</span>
                  </div>
                  <span className="row">
                    <Mark tone={tones[row.standing] ?? "grey"} glyph={row.standing === "met" ? "check" : "info"}>{standing(texts, row)}</Mark>
                    <StateMark row={row.item} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}</Loaded>
    </>
  );
}
