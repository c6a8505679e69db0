import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../../api";
import type { SessionRow } from "../../api/generated/SessionRow";
import type { UndoField } from "../../api/generated/UndoField";
import type { UndoRecord } from "../../api/generated/UndoRecord";
import { Dialog, ErrorNotice, historyField, Loaded, Mark, Notice, recordTitle, undoWords, useToast } from "../../components";
import { useTexts } from "../../locales";

/** Fields of one sort that are told one by one. */
const most = 6;

/** On a session that was merged into another: where it counts, and 撤销合并. */
export function MergedNotice({ row }: { row: SessionRow }) {
  const { t } = useTexts();
  const records = useRecords();
  const [asking, setAsking] = useState(false);
  if (row.mergedInto === null) return null;
  return (
    <Notice tone="grey" action={
      <div className="row">
        <Link to="/meeting" search={{ id: row.mergedInto }} className="ant-btn">{t("twice.seeOther")}</Link>
        {records ? <Button aria-haspopup="dialog" onClick={() => setAsking(true)}>{t("twice.unmerge")}</Button> : null}
      </div>
    }>
      {t("twice.mergedInto")}
      {asking ? <UnmergeDialog id={row.id} onClose={() => setAsking(false)} /> : null}
    </Notice>
  );
}

/** What goes back where it came from, and what stays because somebody wrote into it since. */
function UnmergeDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const preview = useQuery("meeting.unmerge_preview", { id });
  const undo = useCommand("meeting.unmerge");
  const found = preview.data;
  // Closed while it is sent, nobody would see that it was refused.
  const close = () => { if (!undo.isPending) onClose(); };
  return (
    <Dialog title={t("twice.unmerge")} open onClose={close} footer={<>
      <Button disabled={undo.isPending} onClick={close}>{t("common.cancel")}</Button>
      <Button type="primary" loading={undo.isPending} onClick={() => {
        // Before it is shown what goes back nothing does.
        if (!found || undo.isPending) return;
        undo.mutate({ id, seen: found.seen }, { onSuccess: () => { say(t("twice.unmerged")); onClose(); } });
      }}>{t("twice.unmerge")}</Button>
    </>}>
      <Loaded query={preview}>
        {({ records }) => (
          <div className="stack">
            <p>{t(records.length === 0 ? "twice.unmergeOnly" : "twice.unmergeHow")}</p>
            {records.map((one) => <GoesBack key={one.record} record={one} />)}
          </div>
        )}
      </Loaded>
      {undo.isError ? <ErrorNotice error={undo.error} /> : null}
    </Dialog>
  );
}

function GoesBack({ record }: { record: UndoRecord }) {
  const texts = useTexts();
  const { t } = texts;
  const vote = record.recordType === "vote";
  // Of a vote the session and its day go back together, and neither says more.
  const told = vote ? record.fields.filter((one) => one.field === "ref") : record.fields;
  // A roll of fifty people is told in one line.
  const sort = (one: UndoField) => one.field.split("/")[0] ?? "";
  const many = [...new Set(told.map(sort))].map((of) => ({ of, n: told.filter((one) => sort(one) === of && one.standing !== "changed").length })).filter((one) => one.n > most);
  const fields = told.filter((one) => one.standing === "changed" || !many.some(({ of }) => of === sort(one)));
  return (
    <section className="stack tight">
      <h3>{recordTitle(texts, record)}</h3>
      <ul className="stack tight">
        {many.map(({ of, n }) => <li key={of}>{t("twice.manyBack", { what: historyField(texts, record.recordType, of, null), n })}</li>)}
        {fields.map((field) => {
          const { name, words } = undoWords(texts, record, field);
          const stays = field.standing === "changed";
          return (
            <li key={field.field}>
              {vote ? t(stays ? "twice.voteStays" : "twice.voteBack") : (
                <>
                  <span className="soft">{name}:</span>
                  <span className="prose">{stays ? words(field.now) : `${words(field.now)} → ${words(field.was)}`}</span>
                  {stays ? <> <Mark tone="yellow">{t("twice.stays")}</Mark></> : null}
                  {field.standing === "merged" ? <span className="block soft">{t("undo.mergedHint")}</span> : null}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
