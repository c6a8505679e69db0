import { useNavigate, useSearch } from "@tanstack/react-router";
import { nothing, useQuery } from "../../api";
import type { AlikeKind } from "../../api/generated/AlikeKind";
import { Choice, Filters, Page, SelectField, Tabs } from "../../components";
import { useTexts } from "../../locales";
import "./alike.css";
import { Groups } from "./Groups";
import { Pairs } from "./Pairs";

const kinds = ["members", "concerns", "cases"] as const satisfies readonly AlikeKind[];
const shows = ["open", "merged", "apart"] as const;

/** 疑似重复: what may be one, what was laid together, what was said to be two. */
export function AlikeScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const tree = useQuery("org.tree", nothing);
  const kind = kinds.find((one) => one === search.tab) ?? "members";
  const show = shows.find((one) => one === search.text) ?? "open";
  const offices = (tree.data ?? []).flatMap((node) => (node.depth > 0 && node.id !== null ? [{ value: node.id, label: node.name }] : []));
  return (
    <Page title={t("alike.title")}>
      <Tabs label={t("alike.title")} value={kind} options={kinds.map((value) => ({ value, label: t(`alike.${value}`) }))}
        onChange={(tab) => void navigate({ to: "/alike", search: { ...search, tab } })} />
      <p className="soft">{t("alike.intro")} {t(kind === "members" ? "alike.goodMembers" : kind === "concerns" ? "alike.goodConcerns" : "alike.goodCases")}</p>
      <Filters chosen={[t(`alike.${show}`), show === "open" ? (offices.find((one) => one.value === search.office)?.label ?? t("alike.allOffices")) : ""]}>
        <Choice label={t("alike.show")} value={show} options={shows.map((value) => ({ value, label: t(`alike.${value}`) }))}
          onChange={(text) => void navigate({ to: "/alike", search: { ...search, text } })} />
        {show === "open" ? (
          <SelectField label={t("alike.office")} value={search.office ?? ""} empty={t("alike.allOffices")} options={offices}
            onChange={(office) => void navigate({ to: "/alike", search: { ...search, office: office || undefined } })} />
        ) : null}
      </Filters>
      {show === "open" ? <Pairs key={`${kind} ${search.office ?? ""}`} kind={kind} office={search.office ?? null} /> : <Groups key={`${kind} ${show}`} kind={kind} apart={show === "apart"} />}
    </Page>
  );
}
