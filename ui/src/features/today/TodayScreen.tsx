import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "../../api";
import { Loaded, Page } from "../../components";
import { useTexts } from "../../locales";
import { Guide } from "./Guide";
import { TodayBranch } from "./TodayBranch";
import { TodayCommitteePart, TodayDepartmentPart } from "./TodayAbove";
import { TodayLists } from "./TodayLists";
import "./today.css";

/** 今日: what there is to do this evening, for each kind of office. */
export function TodayScreen() {
  const { t, date } = useTexts();
  const [all, setAll] = useState(false);
  const today = useQuery("today", { all }, { keep: true });
  return (
    <Page title={t("today.title")} links={<Link to="/calendar" className="ant-btn">{t("nav.calendar")}</Link>} actions={today.data ? <span className="soft">{date(today.data.date)}</span> : null}>
      <Loaded query={today}>
        {(data) => (
          <>
            {data.committee || data.department ? null : <><TodayBranch /><Guide /></>}
            {data.committee ? <TodayCommitteePart part={data.committee} /> : null}
            {data.department ? <TodayDepartmentPart part={data.department} /> : null}
            <TodayLists today={data} onAll={() => setAll(true)} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
