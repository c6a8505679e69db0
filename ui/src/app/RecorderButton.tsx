import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../api";
import { Dialog, Glyph, TextField } from "../components";
import { useTexts } from "../locales";

/** 记录人: who records on this machine, as declared. */
export function RecorderButton() {
  const { t } = useTexts();
  const settings = useQuery("settings.get", nothing);
  const set = useCommand("settings.set");
  const [name, setName] = useState<string | null>(null);
  const recorder = settings.data?.recorder ?? "";

  function save() {
    if (!settings.data || name === null) return;
    set.mutate({ ...settings.data, recorder: name.trim() || null }, { onSuccess: () => setName(null) });
  }

  return (
    <>
      <button type="button" className="frame-button" onClick={() => setName(recorder)}>
        <Glyph name="pen" />
        {recorder ? `${t("frame.recorder")} ${recorder}` : t("frame.recorderNone")}
      </button>
      <Dialog title={t("frame.recorder")} open={name !== null} onClose={() => setName(null)}
        footer={<>
          <Button onClick={() => setName(null)}>{t("common.cancel")}</Button>
          <Button type="primary" onClick={save}>{t("common.save")}</Button>
        </>}>
        <TextField label={t("common.name")} value={name ?? ""} onChange={setName} hint={t("frame.recorderHint")} autoFocus />
      </Dialog>
    </>
  );
}
