import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactNode } from "react";
import { nothing, roleOf, useCommand, useOffice, useQuery } from "../../api";
import type { DraftRow } from "../../api/generated/DraftRow";
import type { DueItem } from "../../api/generated/DueItem";
import type { Today } from "../../api/generated/Today";
import { Blank, conflictName } from "../../components";
import { useTexts } from "../../locales";
import { SentHere, useWaiting } from "../flow";
import { formOf, whereOf, yearOf } from "./drafts";
import { dueLink } from "./due-link";

/** 没写完的 · 退回和冲突 · 到期 · 上级来的 · 未送达, in this order; empty: one calm line. */
export function TodayLists({ today, onAll }: { today: Today; onAll: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const role = roleOf(useOffice().office);
  const above = today.committee !== null || today.department !== null;
  const pending = useQuery("join.pending", nothing);
  // A committee has it among its figures.
  const waiting = today.committee ? 0 : (pending.data?.length ?? 0);
  const merged = useQuery("conflict.texts", nothing).data ?? [];
  const matters = useWaiting([], role === "branch").data?.rows ?? [];
  const quiet = matters.length + merged.length + today.drafts.length + today.returned.length + today.conflicts.length + today.due.length + today.fromAbove.length + waiting === 0;
  return (
    <>
      <Section title={t("today.toDecide")} show={waiting > 0}>
        <li className="line">
          <span className="what">{t("today.joinsWait", { n: waiting })}</span>
          <Link to="/org" className="ant-btn">{t("today.open")}</Link>
        </li>
      </Section>
      <Section title={t("today.drafts")} show={today.drafts.length > 0}>
        {today.drafts.map((draft) => <Draft key={`${draft.form} ${draft.key}`} draft={draft} />)}
      </Section>
      <Section title={t("today.conflicts")} show={today.conflicts.length + today.returned.length > 0}>
        {today.returned.map((item) => <Due key={`${item.code} ${item.target}`} item={item} />)}
        {today.conflicts.map((row) => (
          <li className="line" key={`${row.record} ${row.field}`}>
            <span className="what">{conflictName(texts, row).join(" · ")}</span>
            <Link to="/conflicts" className="ant-btn ant-btn-default">{t("today.settle")}</Link>
          </li>
        ))}
      </Section>
      <Section title={t("textMerge.title")} show={merged.length > 0}>
        {merged.map((row) => (
          <li className="line" key={`${row.record} ${row.field}`}>
            <span className="what">{row.title.replace(/^\d{4}-\d\d-\d\d/, texts.date)}</span>
            <Link to="/conflicts" className="ant-btn">{t("textMerge.look")}</Link>
          </li>
        ))}
      </Section>
      <Section title={t("today.due")} show={today.due.length > 0}>
        {today.due.map((item, index) => <Due key={`${item.code} ${item.target ?? index}`} item={item} />)}
        {today.moreDue > 0 ? <li><button type="button" className="plain-button" onClick={onAll}>{t("today.moreDue", { n: today.moreDue })}</button></li> : null}
      </Section>
      <Section title={t("today.fromAbove")} show={today.fromAbove.length > 0}>
        {today.fromAbove.map((item, index) => <Due key={item.target ?? index} item={item} />)}
      </Section>
      {role === "branch" ? <SentHere /> : null}
      {today.undelivered > 0 ? (
        <section className="card line" aria-label={t("today.undelivered", { n: today.undelivered })}>
          <span className="what">
            <strong>{t("today.undelivered", { n: today.undelivered })}</strong>{" "}
            <span className="soft">{t("today.undeliveredHint")}</span>
          </span>
          <Link to="/sync">{t("today.seeSync")}</Link>
        </section>
      ) : null}
      {quiet && !above ? <Blank>{t("today.nothing")}</Blank> : null}
    </>
  );
}

function Section({ title, show, children }: { title: string; show: boolean; children: ReactNode }) {
  if (!show) return null;
  return (
    <section className="card flush" aria-label={title}>
      <h2 className="list-title">{title}</h2>
      <ul className="list">{children}</ul>
    </section>
  );
}

function Draft({ draft }: { draft: DraftRow }) {
  const { t, date } = useTexts();
  const navigate = useNavigate();
  const drop = useCommand("draft.save");
  const { chooseYear } = useOffice();
  const form = formOf(draft);
  if (!form) return null;
  return (
    <li className="line">
      <span className="what">{t("today.draftLine", { form: t(form.label), date: date(draft.savedOn) })}</span>
      <span className="row">
        <Button type="primary" onClick={() => {
          const year = yearOf(draft);
          if (year !== null) chooseYear(year);
          void navigate(whereOf(draft, form));
        }}>
          {t("today.resume")}
        </Button>
        <Button onClick={() => drop.mutate({ form: draft.form, key: draft.key, value: null })}>{t("today.drop")}</Button>
      </span>
    </li>
  );
}

function Due({ item }: { item: DueItem }) {
  const { code, month, date } = useTexts();
  const navigate = useNavigate();
  const link = dueLink(item);
  const params = { ...item.params };
  if (params["month"]) params["month"] = month(Number(params["month"].slice(-2)));
  if (params["until"]) params["until"] = date(params["until"]);
  if (params["occasion"]) params["occasion"] = code("occasion", params["occasion"]);
  const overdue = Number(params["days"]) < 0;
  if (overdue) params["days"] = String(-Number(params["days"]));
  return (
    <li className="line">
      <span className="what">{code("due", overdue ? item.code.replace(/_due$/, "_overdue") : item.code, params)}</span>
      <Button onClick={() => void navigate(link)}>{code("dueAction", item.code)}</Button>
    </li>
  );
}
