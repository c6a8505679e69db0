import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useQuery, useRecords } from "../../api";
import { useTexts } from "../../locales";
import { allFlows } from "../flow/filters";

/** 受理, or the way to the case where it was taken in before. */
export function TakeIn({ source, onTake }: { source: string; onTake: () => void }) {
  const { t } = useTexts();
  const records = useRecords();
  const made = useQuery("flow.list", { ...allFlows, source, desk: true, limit: 1 });
  const known = made.data?.rows[0];
  if (!made.data) return null;
  if (known) return <Link to="/case" search={{ id: known.id }} className="ant-btn">{t("cases.openCase")}</Link>;
  return records ? <Button type="primary" onClick={onTake}>{t("cases.accept")}</Button> : null;
}
