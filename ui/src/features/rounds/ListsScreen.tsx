import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, useDraft, useOffice, useQuery } from "../../api";
import type { ListRow } from "../../api/generated/ListRow";
import { Blank, Loaded, Mark, Page, SelectField, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { FlowList } from "../flow/FlowList";
import { allFlows } from "../flow/filters";
import { nameOf } from "../flow/names";
import { ListForm } from "./ListForm";
import { Offs, useAbove, years } from "./parts";

/** 三个清单: lists sent to units line by line, how far each is, and a new one. */
export function ListsScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const above = useAbove();
  const draft = useDraft<Input<"listed.send">>("listed", "new");
  const tab = above && search.tab === "new" ? "new" : "sent";
  return (
    <Page title={t("rounds.lists")}>
      {above ? (
        <Tabs label={t("rounds.lists")} value={tab} options={[{ value: "sent", label: t("rounds.listsSent") }, { value: "new", label: t("rounds.listNew") }]}
          onChange={(value) => void navigate({ to: "/lists", search: { tab: value } })} />
      ) : null}
      {tab === "sent" ? <Sent above={above} group={search.id ?? null} /> : draft.found === undefined ? null : <ListForm initial={draft.found} onTyped={draft.keep} onGone={draft.discard} />}
    </Page>
  );
}

function Sent({ above, group }: { above: boolean; group: string | null }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const { overview } = useOffice();
  const today = overview?.today ?? "2026-01-01";
  const [year, setYear] = useState(today.slice(0, 4));
  const found = useQuery("listed.lists", { year: Number(year), own: !above });
  const show = (id: string | null) => void navigate({ to: "/lists", search: id === null ? {} : { id } });
  return (
    <>
      <div className="fields one"><SelectField label={t("common.year")} value={year} options={years(today)} onChange={(next) => { setYear(next); show(null); }} /></div>
      <Loaded query={found}>{(lists) => lists.rows.length === 0 ? <Blank>{t(above ? "rounds.listsNone" : "rounds.listsNotHere")}</Blank> : (
        <>
          <ul className="card flush list">
            {lists.rows.map((row) => <List key={row.group} row={row} above={above} shown={row.group === group} onShow={() => show(row.group === group ? null : row.group)} />)}
          </ul>
          {group === null ? null : (
            <section className="stack" aria-labelledby="list-lines">
              <h2 id="list-lines">{t("rounds.linesOf")}</h2>
              <FlowList input={{ ...allFlows, flows: ["listed"], group, below: above }} office={above} />
            </section>
          )}
        </>
      )}</Loaded>
    </>
  );
}

function List({ row, above, shown, onShow }: { row: ListRow; above: boolean; shown: boolean; onShow: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const name = listName(texts, row);
  return (
    <li className="line">
      <div className="what stack tight">
        <strong>{name}</strong>
        <span className="soft">{above ? t("rounds.listLineAbove", { lines: row.lines, units: row.units, total: row.total }) : t("rounds.listLineOwn", { lines: row.lines })}</span>
        <span className="row">
          <Mark tone={row.closed === row.total ? "green" : "blue"} glyph="info">{t("rounds.listStands", { begun: row.begun, closed: row.closed, total: row.total })}</Mark>
          {row.overdue > 0 ? <Mark tone="yellow" glyph="info">{t("rounds.listOverdue", { n: row.overdue })}</Mark> : null}
        </span>
        {row.off ? <Offs offs={[row.off]} /> : null}
      </div>
      <Button aria-expanded={shown} aria-label={`${t("rounds.lines")} ${name}`} onClick={onShow}>{t("rounds.lines")}</Button>
    </li>
  );
}

function listName(texts: ReturnType<typeof useTexts>, row: ListRow): string {
  return [texts.date(row.period.length === 4 ? null : row.period), nameOf(texts, row.name), row.role ? nameOf(texts, row.role) : ""].filter((one) => one !== "" && one !== "—").join(" · ") + (row.period.length === 4 ? ` · ${texts.t("frame.yearOf", { year: row.period })}` : "");
}
