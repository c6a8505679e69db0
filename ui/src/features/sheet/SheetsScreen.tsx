import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useOffice, useQuery } from "../../api";
import type { Sheet } from "../../api/generated/Sheet";
import type { SheetKind } from "../../api/generated/SheetKind";
import type { SheetPart } from "../../api/generated/SheetPart";
import { Blank, ErrorNotice, Loaded, Lock, Notice, Page, SelectField } from "../../components";
import { useTexts } from "../../locales";
import { written } from "./cells";
import { sheetName } from "./kinds";
import { Paper } from "./Paper";
import { SheetActions } from "./SheetActions";
import { useSheet } from "./useSheet";

/** 打印导出: a kind, what it covers, and the sheet as it will be on paper. */
export function SheetsScreen() {
  const { t } = useTexts();
  const kinds = useQuery("sheet.list", nothing);
  const search = useSearch({ strict: false });
  if (!kinds.data) return <Page title={t("sheet.title")}><Loaded query={kinds}>{() => null}</Loaded></Page>;
  const kind = kinds.data.find((one) => one.kind === search.tab) ?? kinds.data[0];
  if (!kind) return <Page title={t("sheet.title")}><Blank>{t("sheet.none")}</Blank></Page>;
  return <Chosen key={`${kind.kind} ${search.id ?? ""} ${search.month ?? ""}`} kinds={kinds.data} kind={kind} />;
}

function Chosen({ kinds, kind }: { kinds: readonly SheetKind[]; kind: SheetKind }) {
  const texts = useTexts();
  const { t, month } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year } = useOffice();
  const months = kind.period === "months";
  const [from, setFrom] = useState(search.month ?? 1);
  const [to, setTo] = useState(search.month ?? 12);
  const [record, setRecord] = useState(kind.of === null ? "" : (search.id ?? ""));
  const [error, setError] = useState<unknown>(null);
  const all = { kind: kind.kind, year, fromMonth: months ? from : null, toMonth: months ? to : null, record: null };
  const whole = useSheet(all, true);
  const one = useSheet({ ...all, fromMonth: null, toMonth: null, record }, record !== "");
  const { query, whole: showWhole, print } = record === "" ? whole : one;
  const input = { ...all, ...(record === "" ? {} : { fromMonth: null, toMonth: null, record }), limit: null };
  const options = Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: month(index + 1) }));

  return (
    <Page title={t("sheet.title")} actions={<><Link className="ant-btn" to="/templates-xlsx">{t("fill.title")}</Link><SheetActions input={input} sheet={query.data} onWhole={print} onError={setError} /></>}>
      <div className="fields no-print">
        <SelectField label={t("sheet.kind")} value={kind.kind} options={kinds.map((of) => ({ value: of.kind, label: sheetName(texts, of.kind, kinds) }))}
          onChange={(value) => void navigate({ to: "/sheets", search: { tab: value } })} />
        {months ? (
          <>
            <SelectField label={t("sheet.from")} value={String(from)} disabled={record !== ""} options={options}
              onChange={(value) => { setFrom(Number(value)); setTo(Math.max(to, Number(value))); }} />
            <SelectField label={t("sheet.to")} value={String(to)} disabled={record !== ""} options={options.slice(from - 1)} onChange={(value) => setTo(Number(value))} />
          </>
        ) : null}
        {kind.of === null ? null : (
          <SelectField label={t("sheet.record")} value={record} onChange={setRecord} empty={t("sheet.everyOne")} options={records(whole.query.data, record, t("sheet.thisOne"))} />
        )}
      </div>
      {query.data?.private ? <p className="no-print"><Lock /> {t("sheet.private")}</p> : null}
      {error ? <ErrorNotice error={error} /> : null}
      <Loaded query={query}>
        {(sheet) => (
          <>
            {sheet.leftOut > 0 ? (
              <div className="no-print">
                <Notice tone="grey">{t("sheet.leftOut", { n: sheet.leftOut })}<Button onClick={showWhole}>{t("sheet.showWhole")}</Button></Notice>
              </div>
            ) : null}
            {sheet.parts.length === 0 ? <Blank>{t("sheet.empty")}</Blank> : <Paper sheet={sheet} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Records to choose from: those of the months that are shown, and the one by which the screen was opened. */
function records(sheet: Sheet | undefined, chosen: string, thisOne: string): { value: string; label: string }[] {
  const listed = (sheet?.parts ?? []).flatMap((part) => (part.record === null ? [] : [{ value: part.record, label: said(part) }]));
  return chosen === "" || listed.some((one) => one.value === chosen) ? listed : [{ value: chosen, label: thisOne }, ...listed];
}

function said(part: SheetPart): string {
  const words = ["date", "topic", "place"].map((key) => part.facts.find((fact) => fact.key === key)?.value);
  const [date = "", ...rest] = words.map((value) => (value ? written(value) : ""));
  return [date, part.heading, rest.find(Boolean) ?? ""].filter(Boolean).join(" ");
}
