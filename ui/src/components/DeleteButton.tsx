import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../api";
import type { DeletePreview } from "../api/generated/DeletePreview";
import { useTexts } from "../locales";
import { Dialog } from "./Dialog";
import { ErrorNotice } from "./errors";
import { Loaded } from "./Page";
import { useToast } from "./Toast";
import { recordTitle } from "./UndoDialog";
import { Lock, Notice } from "./Words";

/** 删除: marks a record that was entered by mistake, after what goes along was said. `name` tells several buttons apart. */
export function DeleteButton({ id, name, to }: {
  id: string;
  name?: string;
  /** Where to go from the screen of a record that is deleted. */
  to?: string;
}) {
  const { t } = useTexts();
  const records = useRecords();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  if (!records) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog" aria-label={name ? t("deleted.deleteOf", { name }) : undefined}>{t("deleted.delete")}</Button>
      {open ? <DeleteDialog id={id} onClose={(done) => { setOpen(false); if (done && to) void navigate({ to }); }} /> : null}
    </>
  );
}

function DeleteDialog({ id, onClose }: { id: string; onClose: (deleted: boolean) => void }) {
  const { t } = useTexts();
  const say = useToast();
  const preview = useQuery("deleted.preview", { id });
  const mark = useCommand("deleted.mark");
  const may = preview.data !== undefined && preview.data.refused === "" && preview.data.stops.length === 0;
  return (
    <Dialog title={t("deleted.title")} open onClose={() => onClose(false)} footer={
      <>
        <Button data-first="" onClick={() => onClose(false)}>{t(may || !preview.data ? "common.cancel" : "common.close")}</Button>
        {may ? (
          <Button type="primary" danger loading={mark.isPending}
            onClick={() => mark.mutate({ id }, { onSuccess: () => { say(t("deleted.done")); onClose(true); } })}>{t("deleted.delete")}</Button>
        ) : null}
      </>
    }>
      <Loaded query={preview}>{(found) => <Preview found={found} />}</Loaded>
      {mark.isError ? <ErrorNotice error={mark.error} /> : null}
    </Dialog>
  );
}

function Preview({ found }: { found: DeletePreview }) {
  const texts = useTexts();
  const { t, code } = texts;
  const list = (parts: DeletePreview["along"]) => (
    <ul className="stack tight">{parts.slice(0, 12).map((one) => <li key={one.record}>{recordTitle(texts, one)} {one.own ? <Lock /> : null}</li>)}
      {parts.length > 12 ? <li className="soft">{t("deleted.andMore", { n: parts.length - 12 })}</li> : null}
    </ul>
  );
  return (
    <div className="stack">
      <strong>{recordTitle(texts, found.record)}</strong>
      {found.refused ? <Notice tone="yellow" alert>{code("errors", found.refused, { period: texts.date(found.period), type: "", title: "", count: "" })}</Notice> : null}
      {found.stops.length > 0 ? (
        <>
          <Notice tone="yellow" alert>{t("deleted.stops")}</Notice>
          {list(found.stops)}
        </>
      ) : null}
      {found.refused || found.stops.length > 0 ? null : (
        <>
          <p>{t("deleted.how")}</p>
          {found.along.length > 0 ? <><p>{t("deleted.along")}</p>{list(found.along)}</> : null}
        </>
      )}
    </div>
  );
}
