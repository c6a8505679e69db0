import { Button } from "antd";
import { useTexts } from "../locales";

/**
 * Turns the pages of what is whole as long as it is short, such as a sheet of all members: where everything is shown there is
 * nothing to turn.
 */
export function Pages({ total, offset, shown, still, onTurn }: {
  total: number;
  offset: number;
  shown: number;
  /** Stays at this page, as while something is done with it. */
  still?: boolean;
  onTurn: (offset: number) => void;
}) {
  const { t } = useTexts();
  if (offset === 0 && shown >= total) return null;
  return (
    <nav className="row apart" aria-label={t("common.pages")}>
      <span className="soft" role="status">{shown === 0 ? t("common.total", { n: total }) : t("common.pageOf", { from: offset + 1, to: offset + shown, n: total })}</span>
      <span className="row">
        <Button disabled={still || offset === 0} onClick={() => onTurn(Math.max(0, offset - WHOLE))}>{t("common.pageBefore")}</Button>
        <Button disabled={still || offset + shown >= total} onClick={() => onTurn(offset + WHOLE)}>{t("common.pageAfter")}</Button>
      </span>
    </nav>
  );
}

/** Rows of such a page, as the node answers where no number is asked for. */
const WHOLE = 300;
