import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { BackupStatus } from "../../api/generated/BackupStatus";
import { ErrorNotice, errorText, fieldErrors, Loaded, Mark, Notice, SelectField, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";

/** Older than this a backup is said to be old. */
const OLD = 30;

/** 备份: now, and by itself. */
export function BackupPart() {
  const { t } = useTexts();
  const status = useQuery("backup.status", nothing);
  return (
    <section className="card stack no-print" aria-label={t("security.backup")}>
      <Loaded query={status}>{(data) => <Form key={JSON.stringify(data.schedule)} status={data} />}</Loaded>
    </section>
  );
}

function Form({ status }: { status: BackupStatus }) {
  const texts = useTexts();
  const { t, date } = texts;
  const say = useToast();
  const make = useCommand("backup.make");
  const plan = useCommand("backup.schedule");
  const { schedule, last } = status;
  const [folder, setFolder] = useState(schedule?.folder ?? folderIn(status.places[0]) ?? "");
  const [days, setDays] = useState(String(schedule?.everyDays ?? 0));
  const [keep, setKeep] = useState(String(schedule?.keep ?? 4));
  const failed = make.isError ? make.error : plan.isError ? plan.error : null;
  const errors = failed ? fieldErrors(texts, failed, ["folder"]) : {};
  const old = status.days === null || status.days > OLD;

  function now() {
    plan.reset();
    make.mutate({ folder }, { onSuccess: (row) => say(t("security.backedUp", { file: row.file })) });
  }

  function save() {
    make.reset();
    plan.mutate({ folder, everyDays: Number(days), keep: Number(keep) }, { onSuccess: () => say(t("common.saved")) });
  }

  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); now(); }}>
      <div className="row apart">
        <h2>{t("security.backup")}</h2>
        <Mark tone={old ? "yellow" : "green"} glyph={old ? "warn" : "check"}>
          {last ? t("security.lastBackup", { date: date(last.on), days: status.days ?? 0 }) : t("security.noBackup")}
        </Mark>
      </div>
      <p>{t("security.backupWhy")}</p>
      {last ? <p className="soft mono breaks">{last.file}</p> : null}
      {status.trouble ? <Notice tone="yellow" alert>{t("security.notMade")} {errorText(texts, status.trouble)}</Notice> : null}
      <TextField label={t("security.folder")} required value={folder} onChange={setFolder} hint={t("security.folderHint")}
        list={status.places.map((place) => folderIn(place) ?? place)} error={errors["folder"]} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={make.isPending} disabled={folder.trim() === ""}>{t("security.backupNow")}</Button>
      </div>
      <h3>{t("security.byItself")}</h3>
      <p className="soft">{t("security.byItselfHint")}</p>
      <div className="row at-foot">
        <SelectField label={t("security.often")} value={days} onChange={setDays} options={[
          { value: "0", label: t("security.never") },
          ...["1", "7", "30"].concat(["0", "1", "7", "30"].includes(days) ? [] : [days]).map((n) => ({ value: n, label: t("security.everyDays", { n }) })),
        ]} />
        <SelectField label={t("security.keep")} value={keep} onChange={setKeep}
          options={["2", "4", "8", "12"].concat(["2", "4", "8", "12"].includes(keep) ? [] : [keep]).map((n) => ({ value: n, label: t("security.copies", { n }) }))} />
        <Button onClick={save} loading={plan.isPending} disabled={days !== "0" && folder.trim() === ""}>{t("common.save")}</Button>
      </div>
      {errors[""] ? <ErrorNotice error={failed} /> : null}
    </form>
  );
}

/** The folder for backups on a stick. */
function folderIn(place: string | undefined): string | undefined {
  if (place === undefined) return undefined;
  const by = place.includes("\\") ? "\\" : "/";
  return `${place}${place.endsWith(by) ? "" : by}ybz-backup`;
}
