import { Link } from "@tanstack/react-router";
import { JoinPart, Page } from "../../components";
import { useTexts } from "../../locales";

/** 加入上级, once the office has its books. */
export function JoinScreen() {
  const { t } = useTexts();
  return (
    <Page title={t("join.title")} narrow>
      <JoinPart firstUse={false}>
        <div><Link to="/" className="ant-btn">{t("join.done")}</Link></div>
      </JoinPart>
    </Page>
  );
}
