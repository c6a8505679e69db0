import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { roleOf, useOffice, useQuery } from "../../api";
import type { FlowTemplate } from "../../api/generated/FlowTemplate";
import { Loaded, Page, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { RatesPart } from "../cases/RatesPart";
import { allFlows, FlowFilters, useFlowFilters } from "./filters";
import { FlowList } from "./FlowList";
import { nameOf } from "./names";
import { OpenDialog } from "./OpenDialog";

/** 整改, 清单事项, 项目 and whatever else has a template: one list each, here and below. */
export function FlowsScreen() {
  const { t } = useTexts();
  const templates = useQuery("flow.templates", { office: null, desk: false });
  return (
    <Loaded query={templates}>
      {(all) => {
        // 整改 is what is asked for most, and stands first.
        const sorted = all.toSorted((a, b) => Number(b.id === "rectification") - Number(a.id === "rectification"));
        return sorted.length === 0 ? <Page title={t("flow.title")}>{null}</Page> : <Kinds templates={sorted} />;
      }}
    </Loaded>
  );
}

function Kinds({ templates }: { templates: readonly FlowTemplate[] }) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { office } = useOffice();
  const role = roleOf(office);
  const branch = role === "branch";
  // Cases of a street have a screen of their own.
  const shown = templates.filter((one) => role !== "committee" || one.id !== "case");
  const template = shown.find((one) => one.id === search.tab) ?? shown[0];
  const [opening, setOpening] = useState(search.draft === "new");
  const [counting, setCounting] = useState(false);
  if (!template) return null;
  return (
    <Page title={nameOf(texts, template.name)} writes
      links={template.rates.length > 0 ? <Button onClick={() => setCounting(!counting)}>{t(counting ? "flow.showList" : "flow.showRates")}</Button> : null}
      actions={template.id === "case" ? null : <Button type="primary" onClick={() => setOpening(true)}>{t("flow.open")}</Button>}>
      <Tabs label={t("flow.flowTab")} value={template.id} options={shown.map((one) => ({ value: one.id, label: nameOf(texts, one.name) }))}
        onChange={(tab) => void navigate({ to: "/flows", search: { tab } })} />
      {counting && template.rates.length > 0 ? <RatesPart key={template.id} flow={template.id} start={branch ? null : "below"} /> : <List key={template.id} template={template} branch={branch} initialText={search.text ?? ""} />}
      {opening ? <OpenDialog template={template} onClose={() => setOpening(false)} /> : null}
    </Page>
  );
}

function List({ template, branch, initialText }: { template: FlowTemplate; branch: boolean; initialText: string }) {
  const [whose, setWhose] = useState<"below" | "own">(branch ? "own" : "below");
  const filters = useFlowFilters(initialText);
  const below = whose === "below";
  return (
    <>
      <FlowFilters filters={filters} template={template} {...(branch ? {} : { whose: { value: whose, onChange: setWhose } })} />
      <FlowList input={{ ...allFlows, ...filters.part, flows: [template.id], below }} office={below} />
    </>
  );
}
