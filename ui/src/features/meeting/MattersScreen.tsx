import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useOffice, useQuery } from "../../api";
import { Blank, Dialog, fieldErrors, type FieldErrors, KeepButton, keptAt, Loaded, LongList, Mark, Notice, Page, RecordMarks, TextField } from "../../components";
import { useTexts } from "../../locales";
import { MeetingTabs } from "./MeetingTabs";

/** 四议两公开: matters of the village, the newest first. */
export function MattersScreen() {
  const { t, date } = useTexts();
  const { year } = useOffice();
  const list = useQuery("matter.list", listInput({ year }));
  const [adding, setAdding] = useState(false);
  return (
    <Page title={t("matter.title")} writes actions={<Button type="primary" onClick={() => setAdding(true)}>{t("matter.add")}</Button>}>
      <MeetingTabs here="matters" />
      <p className="soft">{t("matter.intro")}</p>
      <Loaded query={list}>
        {(rows) => rows.length === 0 ? <Blank>{t("matter.none")}</Blank> : (
          <LongList rows={rows}>
            {(row) => (
              <li key={row.id} className="line">
                <span className="what"><Link to="/matter" search={{ id: row.id }}>{row.title}</Link> <span className="soft">{date(row.date)}</span></span>
                <span className="row">
                  <RecordMarks custodian={row.custodian} conflict={row.conflict} />
                  {row.dropped ? <Mark tone="grey" glyph="minus">{t("matter.dropped")}</Mark>
                    : <Mark tone={row.done === 6 ? "green" : "grey"} glyph={row.done === 6 ? "check" : "info"}>{t("matter.progress", { n: row.done })}</Mark>}
                </span>
              </li>
            )}
          </LongList>
        )}
      </Loaded>
      {adding ? <Add onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

function Add({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const save = useCommand("matter.save");
  const [title, setTitle] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);
  function submit(keepMatches = false) {
    if (save.isPending) return;
    save.mutate({ id: null, title: title.trim(), keepMatches }, {
      onSuccess: (saved) => void navigate({ to: "/matter", search: { id: saved.id } }),
      onError: (error) => { setErrors(fieldErrors(texts, error, ["title"])); setStopped(keptAt(error, ["title"])); },
    });
  }
  return (
    <Dialog title={t("matter.add")} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={save.isPending} onClick={() => submit()}>{t("common.save")}</Button>
      </>
    }>
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField label={t("matter.name")} required value={title} error={errors["title"]} keep={stopped === "title" ? () => submit(true) : undefined}
          onChange={(value) => { setTitle(value); setErrors({}); setStopped(null); }} />
      </form>
      {errors[""] ? <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={title} onKeep={() => submit(true)} onClean={(clean) => { setTitle(clean); setErrors({}); setStopped(null); }} /> : null}>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
