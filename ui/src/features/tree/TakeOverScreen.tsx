import { useNavigate } from "@tanstack/react-router";
import { useOffice } from "../../api";
import { Page, TakeOverPart } from "../../components";
import { useTexts } from "../../locales";

/** 接手村里的账本, on a computer that keeps other offices already. */
export function TakeOverScreen() {
  const { t } = useTexts();
  const { choose } = useOffice();
  const navigate = useNavigate();
  return (
    <Page title={t("custody.take")} narrow>
      <TakeOverPart onDone={(office) => { choose(office); void navigate({ to: "/" }); }} />
    </Page>
  );
}
