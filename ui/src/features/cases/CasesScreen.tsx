import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useQuery } from "../../api";
import { Page, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { allFlows, FlowFilters, useFlowFilters } from "../flow/filters";
import { FlowList } from "../flow/FlowList";
import { HandedIn } from "../visit/AnswersScreen";
import { AcceptDialog } from "./AcceptDialog";
import { RatesPart } from "./RatesPart";

const tabs = ["in", "cases", "rates"] as const;
const words = { in: "cases.tabIn", cases: "cases.tabCases", rates: "cases.tabRates" } as const;

/** 诉求 at the street: what branches handed in, what is being handled, and how much of it was closed. */
export function CasesScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search.tab) ?? "in";
  const [taking, setTaking] = useState(search.draft === "new");
  return (
    <Page title={t("concern.title")} writes actions={<Button type="primary" onClick={() => setTaking(true)}>{t("cases.walkIn")}</Button>}>
      <Tabs label={t("concern.title")} value={tab} options={tabs.map((value) => ({ value, label: t(words[value]) }))}
        onChange={(value) => void navigate({ to: "/concerns", search: { tab: value } })} />
      {tab === "in" ? <HandedIn /> : tab === "cases" ? <Cases initialText={search.text ?? ""} /> : <RatesPart flow="case" start="own" />}
      {taking ? <AcceptDialog from={null} onClose={() => setTaking(false)} /> : null}
    </Page>
  );
}

function Cases({ initialText }: { initialText: string }) {
  const templates = useQuery("flow.templates", { office: null, desk: false });
  const [whose, setWhose] = useState<"own" | "below">("own");
  const filters = useFlowFilters(initialText);
  const below = whose === "below";
  return (
    <>
      <FlowFilters filters={filters} template={templates.data?.find((one) => one.id === "case")} whose={{ value: whose, onChange: setWhose }} />
      <FlowList input={{ ...allFlows, ...filters.part, flows: ["case"], below }} office={below} />
    </>
  );
}
