import { Link } from "@tanstack/react-router";
import { Page } from "../components";
import { useTexts } from "../locales";

export function NotFound() {
  const { t } = useTexts();
  return (
    <Page title={t("frame.notFound")} narrow>
      <Link to="/">{t("frame.toToday")}</Link>
    </Page>
  );
}
