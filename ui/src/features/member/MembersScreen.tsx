import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Page, Tabs } from "../../components";
import { useTexts } from "../../locales";
import { Admissions } from "./Admissions";
import { Away } from "./Away";
import { Roster, RosterActions } from "./Roster";
import { Terms } from "./Terms";
import { Transfers } from "./Transfers";

const tabs = ["roster", "mobile", "admission", "transfer", "term"] as const;

/** 党员: the roster, those away, admission, transfers, terms. */
export function MembersScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tab = tabs.find((one) => one === search.tab) ?? "roster";
  return (
    <Page title={t("member.title")} writes actions={tab === "roster" ? <RosterActions /> : null}
      links={<Link to="/tree" className="ant-btn">{t("tree.link")}</Link>}>
      <Tabs label={t("member.title")} value={tab} options={tabs.map((value) => ({ value, label: t(`memberFile.${value}`) }))}
        onChange={(value) => void navigate({ to: "/members", search: { tab: value } })} />
      {tab === "roster" ? <Roster initialText={search.text ?? ""} /> : null}
      {tab === "mobile" ? <Away resumes={search.draft === "new"} /> : null}
      {tab === "admission" ? <Admissions resumes={search.draft === "new"} /> : null}
      {tab === "transfer" ? <Transfers initial={search.id ?? null} resumes={search.draft === "new"} /> : null}
      {tab === "term" ? <Terms resumes={search.draft ?? null} /> : null}
    </Page>
  );
}
