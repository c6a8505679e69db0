import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useLock, useQuery } from "../api";
import { Dialog, Glyph, TextField } from "../components";
import { useTexts } from "../locales";

/** 记录人: who records on this machine, as declared; where somebody chose a profile it is that one, and pressing leaves the seat. */
export function RecorderButton() {
  const { t } = useTexts();
  const lock = useLock();
  const { data: seat } = useQuery("profile.list", nothing);
  const sits = seat?.profiles.find((one) => one.id === seat.current);
  if (!sits) return <Declared />;
  const who = `${t("frame.recorder")} ${sits.name}`;
  return (
    <button type="button" className="frame-button" title={t("profile.lockNow")} aria-label={`${who} · ${t("profile.lockNow")}`} onClick={lock}>
      <Glyph name="pen" />
      {who}
    </button>
  );
}

function Declared() {
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
