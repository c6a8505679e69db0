import { Link, Navigate, useSearch } from "@tanstack/react-router";
import { listInput, useOffice, useQuery } from "../../api";
import { Blank, Loaded, Page } from "../../components";
import { useTexts } from "../../locales";
import { RollCall } from "./RollCall";
import "./roll.css";

/** 开会点名: today's open session at once, otherwise a choice. */
export function RollScreen() {
  const { id } = useSearch({ strict: false });
  return id ? <One id={id} /> : <Find />;
}

function Find() {
  const { t, date, several } = useTexts();
  const { overview } = useOffice();
  const list = useQuery("meeting.list", listInput({ limit: 20 }));
  const todays = list.data?.rows.filter((row) => !row.closed && row.date === overview?.today) ?? [];
  const only = todays.length === 1 ? todays[0] : undefined;
  // The address names the session, so that it stays on the screen when it is closed.
  if (only) return <Navigate to="/roll" search={{ id: only.id }} replace />;
  return (
    <Page title={t("roll.title")} narrow>
      <Loaded query={list}>
        {(page) =>
          page.rows.length === 0 ? (
            <Blank>
              {t("roll.none")} <Link to="/meeting">{t("meeting.newOne")}</Link>
            </Blank>
          ) : (
            <section className="card flush">
              <h2 className="list-title">{t("roll.pick")}</h2>
              <ul className="list">
                <li><Link to="/meeting">{t("meeting.newOne")}</Link></li>
                {page.rows.map((row) => (
                  <li key={row.id} className="line">
                    <Link to="/roll" search={{ id: row.id }}>{date(row.date)} {several(row.kinds.map((kind) => t(`meeting.${kind}`)))} {row.topic}</Link>
                    <span className="soft">{t(row.closed ? "meeting.closed" : "meeting.open")}</span>
                  </li>
                ))}
              </ul>
            </section>
          )
        }
      </Loaded>
    </Page>
  );
}

function One({ id }: { id: string }) {
  const view = useQuery("meeting.get", { id });
  return <Loaded query={view}>{(data) => <RollCall key={id} view={data} />}</Loaded>;
}
