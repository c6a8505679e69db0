import { Button } from "antd";
import { useTexts } from "../locales";
import { Notice } from "./Words";

/** A form that goes on with what was left unfinished says so, and begins anew where that is wanted. */
export function TypedBefore({ draft }: { draft: { continues: boolean; startOver: () => void } }) {
  const { t } = useTexts();
  if (!draft.continues) return null;
  return <Notice tone="grey" action={<Button onClick={draft.startOver}>{t("common.startOver")}</Button>}>{t("common.typedBefore")}</Notice>;
}
