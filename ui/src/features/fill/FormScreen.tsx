import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "../../api";
import { Loaded, Page, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { FillPart } from "./FillPart";
import { MapPart } from "./MapPart";

/** One form: which cells take what, and filling it. */
export function FormScreen({ id, tab }: { id: string; tab: "map" | "make" }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [sheet, setSheet] = useState<string | null>(null);
  const grid = useQuery("fill.grid", { id, sheet }, { keep: true });
  const title = grid.data?.template.name ?? t("fill.title");
  return (
    <Page title={title} actions={<Link className="ant-btn" to="/templates-xlsx">{t("fill.title")}</Link>}>
      <Tabs<"map" | "make"> label={title} value={tab} options={[{ value: "map", label: t("fill.map") }, { value: "make", label: t("fill.make") }]}
        onChange={(next) => void navigate({ to: "/templates-xlsx", search: { id, tab: next }, replace: true })} />
      <Loaded query={grid}>
        {(data) => tab === "map" ? <MapPart id={id} grid={data} onSheet={setSheet} /> : <FillPart id={id} grid={data} onSheet={setSheet} />}
      </Loaded>
    </Page>
  );
}

/** The sheets of the form; one alone needs no choice. */
export function Sheets({ sheets, sheet, onSheet }: { sheets: readonly string[]; sheet: string; onSheet: (sheet: string) => void }) {
  const { t } = useTexts();
  if (sheets.length < 2) return null;
  return <Tabs label={t("fill.sheet")} value={sheet} options={sheets.map((one) => ({ value: one, label: one }))} onChange={onSheet} />;
}
