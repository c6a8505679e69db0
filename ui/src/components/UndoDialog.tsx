import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery } from "../api";
import type { UndoField } from "../api/generated/UndoField";
import type { UndoPreview } from "../api/generated/UndoPreview";
import type { UndoRecord } from "../api/generated/UndoRecord";
import { type Texts, useTexts } from "../locales";
import { Choice } from "./Choice";
import { Dialog } from "./Dialog";
import { ErrorNotice } from "./errors";
import { historyField, historyValue } from "./history";
import { Loaded } from "./Page";
import { Mark, Notice } from "./Words";

/** What a record is called, with its date as people read it. */
export function recordTitle(texts: Texts, one: { recordType: string; title: string }): string {
  const title = one.title.replace(/^\d{4}-\d{2}-\d{2}/, (iso) => texts.date(iso));
  return `${texts.code("recordType", one.recordType)} ${title}`.trim();
}

/** Fields that a person has to decide on before it can be done. */
export function openChoices(preview: UndoPreview): { record: string; field: string }[] {
  return preview.records.flatMap((one) => [
    ...(one.what === "delete_changed" ? [{ record: one.record, field: "" }] : []),
    ...one.fields.filter((field) => field.standing === "changed").map((field) => ({ record: one.record, field: field.field })),
  ]);
}

/** 撤销: what goes back, what somebody wrote since, and what is done instead. */
export function UndoDialog({ id, onClose }: { id: number; onClose: (undone: boolean) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const preview = useQuery("undo.preview", { id });
  const apply = useCommand("undo.apply");
  const [chosen, setChosen] = useState<Record<string, "back" | "now">>({});
  const found = preview.data;
  const open = found ? openChoices(found) : [];
  const refused = (found?.refused.length ?? 0) > 0;
  const deleting = open.some((one) => one.field === "");
  const ready = found !== undefined && !refused && open.every((one) => one.field === "" || chosen[`${one.record} ${one.field}`] !== undefined);
  const redo = found?.action.undoes != null;
  function go() {
    if (!found) return;
    const choices = open.map((one) => ({ ...one, back: one.field === "" || chosen[`${one.record} ${one.field}`] === "back" }));
    apply.mutate({ id, choices, seen: found.seen }, { onSuccess: () => onClose(true) });
  }
  return (
    <Dialog title={t(redo ? "undo.redo" : "undo.title")} open onClose={() => onClose(false)} footer={
      <>
        <Button onClick={() => onClose(false)}>{t(refused ? "common.close" : "common.cancel")}</Button>
        {refused ? null : <Button type="primary" disabled={!ready} loading={apply.isPending} onClick={go}>{t(redo ? "undo.redo" : "undo.undo")}</Button>}
      </>
    }>
      <Loaded query={preview}>
        {(data) => (
          <div className="stack">
            <strong>{recordTitle(texts, data.action)}</strong>
            {data.refused.map((one, n) => (
              <Notice key={n} tone="yellow" alert>
                {texts.has(`errors.${one.code}`) ? texts.code("errors", one.code, { type: texts.code("recordType", one.recordType), title: one.title, count: "1", period: "", area: "" }) : t("undo.cannot")}
              </Notice>
            ))}
            {refused ? null : (
              <>
                <p>{t("undo.how")}</p>
                {deleting ? <Notice tone="yellow">{t("undo.writtenSince")}</Notice> : null}
                {data.records.map((one) => (
                  <Part key={one.record} record={one} chosen={chosen} onChoose={(field, side) => setChosen((old) => ({ ...old, [`${one.record} ${field}`]: side }))} />
                ))}
                {data.records.length === 0 ? <p className="soft">{t("undo.nothing")}</p> : null}
              </>
            )}
          </div>
        )}
      </Loaded>
      {apply.isError ? <ErrorNotice error={apply.error} /> : null}
    </Dialog>
  );
}

function Part({ record, chosen, onChoose }: {
  record: UndoRecord;
  chosen: Record<string, "back" | "now">;
  onChoose: (field: string, side: "back" | "now") => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  if (record.what !== "fields") {
    return <p><Mark tone={record.what === "keep" ? "grey" : "blue"}>{t(record.what === "keep" ? "undo.keeps" : "undo.deletes")}</Mark> {recordTitle(texts, record)}</p>;
  }
  return (
    <section className="stack tight">
      <h3>{recordTitle(texts, record)}</h3>
      <ul className="stack tight">
        {record.fields.map((field) => <Line key={field.field} record={record} field={field} side={chosen[`${record.record} ${field.field}`]} onChoose={onChoose} />)}
      </ul>
    </section>
  );
}

/** What a field is called, and its values in words. */
export function undoWords(texts: Texts, record: UndoRecord, field: UndoField): { name: string; words: (values: readonly string[]) => string } {
  const { t } = texts;
  const name = field.field === "deleted" ? t("deleted.mark") : historyField(texts, record.recordType, field.field, field.subject);
  const words = (values: readonly string[]) => {
    if (field.sealed) return t("history.sealed");
    if (field.field === "deleted") return values.some((one) => one !== "") ? t("deleted.marked") : t("deleted.stands");
    if (values.every((one) => one === "")) return t("history.emptied");
    return texts.several(values.map((one) => historyValue(texts, record.recordType, field.field, one)));
  };
  return { name, words };
}

function Line({ record, field, side, onChoose }: {
  record: UndoRecord;
  field: UndoField;
  side: "back" | "now" | undefined;
  onChoose: (field: string, side: "back" | "now") => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const { name, words } = undoWords(texts, record, field);
  if (field.standing === "changed") {
    return (
      <li className="stack tight">
        <Notice tone="yellow">{t("undo.changedSince", { field: name })}</Notice>
        <Choice<"back" | "now"> stacked label={name} value={side ?? ""} onChange={(to) => onChoose(field.field, to)}
          options={[{ value: "now", label: t("undo.leave", { value: words(field.now) }) }, { value: "back", label: t("undo.putBack", { value: words(field.was) }) }]} />
      </li>
    );
  }
  return (
    <li>
      <span className="soft">{name}:</span>
      <span className="prose">{words(field.now)} → {words(field.was)}</span>
      {field.standing === "merged" ? <span className="block soft">{t("undo.mergedHint")}</span> : null}
    </li>
  );
}
