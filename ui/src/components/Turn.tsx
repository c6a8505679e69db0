import { Button } from "antd";
import { useEffect } from "react";
import { useTexts } from "../locales";

/** Pages of a long list, one at a time; nothing for a list of one page. A page that emptied leads back to the one before. */
export function Turn({ offset, size, total, onTurn }: { offset: number; size: number; total: number; onTurn: (offset: number) => void }) {
  const { t } = useTexts();
  const last = Math.max(0, Math.ceil(total / size) - 1) * size;
  useEffect(() => {
    if (offset > last) onTurn(last);
  }, [offset, last, onTurn]);
  if (total <= size) return null;
  return (
    <div className="row apart no-print">
      <span className="soft" role="status">{t("decide.page", { from: offset + 1, to: Math.min(total, offset + size), n: total })}</span>
      <span className="row">
        <Button disabled={offset === 0} onClick={() => onTurn(Math.max(0, offset - size))}>{t("decide.previous")}</Button>
        <Button disabled={offset + size >= total} onClick={() => onTurn(offset + size)}>{t("decide.next")}</Button>
      </span>
    </div>
  );
}
