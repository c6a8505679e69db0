import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useOffice, useQuery, useRecords } from "../../api";
import { Choice, DeleteButton, Loaded, Mark, Page, SelectField } from "../../components";
import { useTexts } from "../../locales";
import { MakeItems } from "./MakeItems";
import { TemplateDialog } from "./TemplateDialog";

/** 清单模板: a list of the program or the office's own, looked over and made into items in one action. */
export function TemplatesScreen() {
  const texts = useTexts();
  const { t, code } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { overview } = useOffice();
  const today = overview?.today ?? "2026-01-01";
  // A draft is of a template, or of a new one, and of how often it is made.
  const [goesOn = null, goesOnEvery] = search.draft?.split(" ") ?? [];
  const asked = /^\d{4}$/.test(search.id ?? "") ? Number(search.id) : Number(today.slice(0, 4));
  const [every, setEvery] = useState<"month" | "year">(search.id || goesOnEvery === "year" ? "year" : "month");
  const [year, setYear] = useState(asked);
  const [month, setMonth] = useState(Number(today.slice(5, 7)));
  const [chosen, setChosen] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(goesOn);
  const list = useQuery("template.list", nothing);
  const edited = list.data?.find((row) => row.own && row.id === editing) ?? null;
  const period = every === "year" ? String(year) : `${year}-${String(month).padStart(2, "0")}`;
  const writes = useRecords();
  return (
    <Page title={t("template.title")} writes actions={<Button onClick={() => setEditing("new")}>{t("template.newOne")}</Button>}>
      <Choice<"month" | "year"> label={t("template.every")} value={every} onChange={(value) => { setEvery(value); setChosen(null); }}
        options={(["month", "year"] as const).map((value) => ({ value, label: t(`template.${value}`) }))} />
      <div className="fields">
        <SelectField label={t("common.year")} value={String(year)} options={[asked - 1, asked, asked + 1].map((one) => ({ value: String(one), label: t("frame.yearOf", { year: one }) }))} onChange={(value) => setYear(Number(value))} />
        {every === "month" ? (
          <SelectField label={t("common.month")} value={String(month)} options={Array.from({ length: 12 }, (_, n) => ({ value: String(n + 1), label: texts.month(n + 1) }))} onChange={(value) => setMonth(Number(value))} />
        ) : null}
      </div>
      <Loaded query={list}>
        {(rows) => (
          <ul className="card flush list">
            {rows.filter((row) => row.every === every).map((row) => (
              <li key={row.id} className="line">
                <div className="what">
                  <strong>{row.name}</strong> <span className="soft">{t("template.lines", { n: row.entries.length })}</span>
                  {row.citation ? <div className="soft">{row.citation}</div> : null}
                </div>
                <span className="row">
                  <Mark tone="grey" glyph="info">{code("template", `role_${row.role || "branch"}`)}</Mark>
                  {row.own ? <Mark tone="blue" glyph="pen">{t("template.own")}</Mark> : null}
                  {row.own && writes ? <Button onClick={() => setEditing(row.id)} aria-label={`${t("common.change")} ${row.name}`}>{t("common.change")}</Button> : null}
                  {row.own ? <DeleteButton id={row.id} name={row.name} /> : null}
                  {writes ? <Button aria-label={`${t("template.use")} ${row.name}`} onClick={() => setChosen(row.id)}>{t("template.use")}</Button> : null}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {chosen ? <MakeItems key={`${chosen} ${period}`} id={chosen} period={period} onMade={() => void navigate({ to: "/checklists", search: { tab: "own" } })} /> : null}
      {edited || editing === "new" ? <TemplateDialog row={edited} every={every} onClose={() => setEditing(null)} /> : null}
    </Page>
  );
}
