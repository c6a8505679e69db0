import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useQuery } from "../../api";
import type { MergedRow } from "../../api/generated/MergedRow";
import { Dialog, HistoryList, Loaded } from "../../components";
import { useTexts } from "../../locales";

/** The record behind a row: every field as its branch wrote it, and who did. */
export function RecordDialog({ row, ledger, onClose }: { row: MergedRow; ledger: string; onClose: () => void }) {
  const { t, date } = useTexts();
  const query = useQuery("record.history", { id: row.id, book: null });
  return (
    <Dialog title={`${row.officeName} ${date(row.date)}`} open onClose={onClose} footer={<>
      {ledger === "concerns" ? <Link to="/concerns" search={{ id: row.id }} className="ant-btn">{t("ledger.toConcern")}</Link> : null}
      <Button type="primary" onClick={onClose}>{t("common.close")}</Button>
    </>}>
      <Loaded query={query}>{(history) => <HistoryList history={history} />}</Loaded>
    </Dialog>
  );
}
