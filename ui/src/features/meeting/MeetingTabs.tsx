import { useNavigate } from "@tanstack/react-router";
import { Tabs } from "../../components";
import { useTexts } from "../../locales";

const pages = {
  plan: "/meeting-plan", meetings: "/meetings", hours: "/training", appraisal: "/appraisal", matters: "/matters",
} as const;

type Tab = keyof typeof pages;

/** 计划 会议 学时 评议 四议两公开 */
export function MeetingTabs({ here }: { here: Tab }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  return (
    <Tabs<Tab> label={t("plan.tabs")} value={here} onChange={(tab) => void navigate({ to: pages[tab] })}
      options={(Object.keys(pages) as Tab[]).map((value) => ({ value, label: t(`plan.tab_${value}`) }))} />
  );
}
