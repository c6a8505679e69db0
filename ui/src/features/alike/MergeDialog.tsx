import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../../api";
import type { AlikeKind } from "../../api/generated/AlikeKind";
import type { AlikePair } from "../../api/generated/AlikePair";
import { Choice, Dialog, ErrorNotice, Loaded, Notice, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { named, officesOf, Side } from "./words";

/** What a merge would do, told before it is done. */
export function MergeDialog({ kind, pair, onClose }: { kind: AlikeKind; pair: AlikePair; onClose: () => void }) {
  const texts = useTexts();
  const { t, several, code } = texts;
  const say = useToast();
  const records = useRecords();
  const merge = useCommand("alike.merge");
  const [main, setMain] = useState(pair.one.id);
  const [note, setNote] = useState("");
  const parts = [pair.one.id, pair.other.id];
  const preview = useQuery("alike.preview", { kind, main, parts, note: "" }, { keep: true });
  const send = () => merge.mutate({ kind, main, parts, note: note.trim() }, { onSuccess: () => { say(t("alike.mergedToast")); onClose(); } });
  return (
    <Dialog title={t("alike.previewTitle")} open onClose={onClose} footer={<>
      <Button onClick={onClose} data-first>{t("common.cancel")}</Button>
      {records ? <Button type="primary" loading={merge.isPending} disabled={!preview.data || preview.isError} onClick={send}>{t("alike.doMerge")}</Button> : null}
    </>}>
      <Choice label={t("alike.main")} value={main} stacked onChange={setMain} options={[pair.one, pair.other].map((side) => ({ value: side.id, label: named(side) }))} />
      <Loaded query={preview}>
        {(told) => (
          <>
            <ul className="card flush list" aria-label={t("alike.previewTitle")}>
              {told.parts.map((side) => <li key={side.id}><Side kind={kind} side={side} main={side.id === told.main.id} /></li>)}
            </ul>
            <ul className="stack tight">
              <li>{t("alike.counts", { before: told.before, after: told.after })}</li>
              <li>{t("alike.eachCounts", { offices: officesOf(texts, told.offices) })}</li>
              {told.answers.length > 0 ? <li>{t("alike.answers", { offices: officesOf(texts, told.answers) })}</li> : null}
              {told.again ? <li>{t("alike.again")}</li> : null}
            </ul>
            {told.categories.length > 0 ? <Notice tone="yellow">{t("alike.categories", { list: several(told.categories.map((one) => code("category", one))) })}</Notice> : null}
            {told.differs.length > 0 ? <Notice tone="yellow">{t("alike.differs", { list: several(told.differs.map((one) => code("alike", `field_${one}`))) })}</Notice> : null}
          </>
        )}
      </Loaded>
      {records ? <TextField label={t("alike.note")} value={note} onChange={setNote} /> : null}
      {merge.isError ? <ErrorNotice error={merge.error} /> : null}
    </Dialog>
  );
}
