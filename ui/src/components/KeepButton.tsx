import { Button } from "antd";
import { useOffice } from "../api";
import { useNames } from "../api/names";
import { useTexts } from "../locales";
import { useToast } from "./Toast";

/**
 * Where a text for above names a household: 改为“该户” in what was typed, or 保留并留痕. Every form that shows such a refusal has it,
 * at the field or, where no field shows it, at its foot with all that was typed. Where nothing was typed here, since the text stands in
 * a record, only the latter is offered.
 */
export function KeepButton<T>({ onKeep, typed, onClean }: {
  onKeep: () => void;
  /** A text, or a form with its texts. */
  typed?: T;
  /** Takes what was typed without names; it is looked at and saved by the person. */
  onClean?: (clean: T) => void;
}) {
  const { t } = useTexts();
  const { office } = useOffice();
  const names = useNames();
  const say = useToast();
  function change() {
    if (typed === undefined || !onClean) return;
    names.clean(office?.id ?? null, typed).then((clean) => {
      // Nothing found: what stands there stays, and so does the question.
      if (JSON.stringify(clean) === JSON.stringify(typed)) return say(t("names.notFound"));
      onClean(clean);
      say(t("names.changed"));
    }, () => say(t("names.notFound")));
  }
  return (
    <div className="row">
      {onClean ? <Button onClick={change}>{t("names.change")}</Button> : null}
      <Button onClick={onKeep}>{t("common.keepAndLog")}</Button>
    </div>
  );
}
