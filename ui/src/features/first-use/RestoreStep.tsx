import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import { Choice, ErrorNotice, fieldErrors, Notice, Page, SecretField, TextField } from "../../components";
import { useTexts } from "../../locales";

type With = "passphrase" | "words" | "key";

/** 从备份恢复: into empty books, as a new device that has to be let in again. */
export function RestoreStep({ onBack, onRestored }: { onBack: () => void; onRestored: () => void }) {
  const texts = useTexts();
  const { t, date } = texts;
  const found = useQuery("backup.found", nothing);
  const restore = useCommand("backup.restore");
  const [file, setFile] = useState("");
  const [by, setBy] = useState<With>("passphrase");
  const [passphrase, setPassphrase] = useState("");
  const [words, setWords] = useState("");
  const [fresh, setFresh] = useState("");
  const errors = restore.isError ? fieldErrors(texts, restore.error, ["passphrase", "words", "newPassphrase"]) : {};
  const rows = found.data ?? [];

  function submit() {
    const input = { file: file.trim(), passphrase: by === "passphrase" ? passphrase : "", words: by === "words" ? words : "", newPassphrase: by === "words" ? fresh : "" };
    restore.mutate(input, { onSuccess: onRestored });
  }

  return (
    <Page title={t("firstUse.restore")} narrow>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p>{t("firstUse.restoreWhy")}</p>
        {rows.length > 0 ? (
          <Choice label={t("firstUse.found")} value={file} onChange={setFile}
            options={rows.slice(0, 5).map((row) => ({ value: row.file, label: `${date(row.on)} · ${row.file}` }))} />
        ) : null}
        <TextField label={t("firstUse.backupFile")} required value={file} onChange={setFile} hint={t("firstUse.backupFileHint")} />
        <Choice<With> label={t("firstUse.opensBy")} required value={by} onChange={setBy} options={[
          { value: "passphrase", label: t("firstUse.byPassphrase") },
          { value: "words", label: t("firstUse.byWords") },
          { value: "key", label: t("firstUse.byKey") },
        ]} />
        {by === "passphrase" ? (
          <SecretField label={t("unlock.passphrase")} required value={passphrase} onChange={setPassphrase} error={errors["passphrase"]} />
        ) : null}
        {by === "words" ? (
          <>
            <TextField label={t("unlock.words")} required rows={4} value={words} onChange={setWords} hint={t("unlock.wordsHint")} error={errors["words"]} />
            <SecretField label={t("security.newPassphrase")} required value={fresh} onChange={setFresh} hint={t("security.passphraseHint")} error={errors["newPassphrase"]} />
          </>
        ) : null}
        <Notice tone="yellow">{t("firstUse.restoreAfter")}</Notice>
        {errors[""] ? <ErrorNotice error={restore.error} /> : null}
        <div className="row apart">
          <Button onClick={onBack}>{t("common.back")}</Button>
          <Button type="primary" htmlType="submit" loading={restore.isPending} disabled={file.trim() === ""}>{t("firstUse.restoreNow")}</Button>
        </div>
      </form>
    </Page>
  );
}
