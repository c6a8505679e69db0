import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useOffice, useQuery } from "../../api";
import { Loaded, Mark, Notice, Page, SelectField } from "../../components";
import { useTexts } from "../../locales";
import { PeriodPart } from "./PeriodPart";
import { MonthMark } from "./state";
import "./month.css";

/** 年度结转: what is left of a year. Nothing is copied. */
export function YearScreen() {
  const texts = useTexts();
  const { t, date, yuan } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { overview, chooseYear } = useOffice();
  const asked = Number(search.id);
  const turn = useQuery("turn.year", { year: Number.isInteger(asked) && asked > 0 ? asked : null }, { keep: true });
  const now = Number(overview?.today.slice(0, 4) ?? 0);
  return (
    <Page title={t("month.yearTitle")} actions={<Link to="/month" className="ant-btn">{t("month.title")}</Link>}>
      <Loaded query={turn}>
        {(data) => (
          <>
            <SelectField label={t("common.year")} value={String(data.year)} options={[...new Set([now - 1, now, now + 1, data.year])].toSorted().map((year) => ({ value: String(year), label: t("frame.yearOf", { year }) }))}
              onChange={(value) => void navigate({ to: "/year", search: { id: value } })} />
            <Notice tone="blue">{t("month.nothingCopied")}</Notice>
            <section className="card stack" aria-label={t("month.newYear", { year: data.year + 1 })}>
              <h2>{t("month.newYear", { year: data.year + 1 })}</h2>
              <ol className="month-new">
                <li><Link to="/meeting-plan" onClick={() => chooseYear(data.year + 1)}>{t("month.newPlan")}</Link> <span className="soft">{t("month.planned", { n: data.nextSessions })}</span></li>
                <li><Link to="/dues" search={{ tab: "standard" }} onClick={() => chooseYear(data.year + 1)}>{t("month.newDues")}</Link> <span className="soft">{t("month.assessed", { n: data.nextAssessed })}</span></li>
                <li><Link to="/templates" search={{ id: String(data.year + 1) }}>{t("month.newItems")}</Link></li>
              </ol>
            </section>
            <section className="card flush" aria-label={t("month.openItems", { n: data.openCount })}>
              <h2 className="list-title">{t("month.openItems", { n: data.openCount })}</h2>
              <ul className="list">
                {data.openCount === 0 ? <li className="soft">{t("month.noneOpen")}</li> : null}
                {data.openItems.map((row) => (
                  <li key={row.id} className="line">
                    <span className="what"><Link to="/checklists" search={{ tab: row.origin, id: row.id }}>{row.title}</Link></span>
                    <span className="soft">{[row.person, row.deadline ? date(row.deadline) : "", t(`checklist.${row.state}`)].filter(Boolean).join(" · ")}</span>
                  </li>
                ))}
              </ul>
            </section>
            <section className="card flush" aria-label={t("month.arrears")}>
              <h2 className="list-title">{t("month.arrears")}</h2>
              <ul className="list">
                {data.arrears.length === 0 ? <li className="soft">{t("month.noArrears")}</li> : null}
                {data.arrears.map((row) => (
                  <li key={row.member} className="line">
                    <span className="what">{row.name}</span>
                    <span>{t("month.owes", { n: row.months, yuan: yuan(row.owedFen) })}</span>
                  </li>
                ))}
              </ul>
            </section>
            <section className="card stack" aria-label={t("month.months")}>
              <h2>{t("month.months")}</h2>
              <ul className="month-strip">
                {data.months.map((one) => (
                  <li key={one.month}>
                    <Link to="/month" search={{ id: one.month }}>{texts.month(Number(one.month.slice(5)))}</Link>
                    <MonthMark state={one.state} disputed={one.disputed} />
                    {one.closed ? <Mark tone="grey" glyph="lock">{t("month.lockedShort")}</Mark> : null}
                  </li>
                ))}
              </ul>
            </section>
            {data.openCount > 0 ? <Notice tone="grey">{t("month.cannotClose", { n: data.openCount })}</Notice> : null}
            <PeriodPart period={String(data.year)} mayClose={data.mayClose} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
