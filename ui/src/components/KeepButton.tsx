import { Button } from "antd";
import { useOffice } from "../api";
import { useNames } from "../api/names";
import { useTexts } from "../locales";
import { useToast } from "./Toast";

/**
 * Where a text for above names a household: 改为“该户” in what was typed, or 保留并留痕. Every form that shows such a refusal has it,
 * at the field or, where no field shows it, at its foot with all that was typed.
 */
export function KeepButton<T>({ onKeep, ...change }: { onKeep: () => void } & ({
  /** A text, or a form with its texts. */
  typed: T;
  /** Takes what was typed without names; it is looked at and saved by the person. */
  onClean: (clean: T) => void;
} | {
  /** What is sent was written on another screen, and is changed there. */
  elsewhere: true;
})) {
  const { t } = useTexts();
  const { office } = useOffice();
  const names = useNames();
  const say = useToast();
  if ("elsewhere" in change) return <div className="row"><span>{t("names.elsewhere")}</span><Button onClick={onKeep}>{t("common.keepAndLog")}</Button></div>;
  const { typed, onClean } = change;
  function clear() {
    names.clean(office?.id ?? null, typed).then((clean) => {
      // Nothing found: what stands there stays, and so does the question.
      if (JSON.stringify(clean) === JSON.stringify(typed)) return say(t("names.notFound"));
      onClean(clean);
      say(t("names.changed"));
    }, () => say(t("names.notFound")));
  }
  return (
    <div className="row">
      <Button onClick={clear}>{t("names.change")}</Button>
      <Button onClick={onKeep}>{t("common.keepAndLog")}</Button>
    </div>
  );
}
