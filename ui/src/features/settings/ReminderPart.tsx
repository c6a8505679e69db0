import { Button } from "antd";
import { useState } from "react";
import { notices, useCommand } from "../../api";
import type { Settings } from "../../api/generated/Settings";
import { Choice, ErrorNotice, errorText, TextField, toDto, useToast } from "../../components";
import { useTexts } from "../../locales";

/** The evening, unless it is set. */
const evening = "19:30";

/** 到期提醒: on or off, from when on, and whether the system may show it; it is asked by this button alone. */
export function ReminderPart({ settings }: { settings: Settings }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const set = useCommand("settings.set");
  const [at, setAt] = useState(settings.reminderAt ?? evening);
  const [state, setState] = useState(() => notices.state());
  const wrong = set.isError && toDto(set.error).field === "reminderAt";
  return (
    <form className="card stack" aria-label={t("reminder.title")} onSubmit={(event) => {
      event.preventDefault();
      set.mutate({ ...settings, reminderAt: at.trim() || null }, { onSuccess: () => say(t("common.saved")) });
    }}>
      <h2>{t("reminder.title")}</h2>
      <p className="soft">{t("reminder.hint")}</p>
      <Choice<"on" | "off"> label={t("reminder.title")} value={settings.reminderOff ? "off" : "on"} onChange={(value) => set.mutate({ ...settings, reminderOff: value === "off" })}
        options={[{ value: "on", label: t("reminder.on") }, { value: "off", label: t("reminder.off") }]} />
      {settings.reminderOff ? null : (
        <>
          <div className="row">
            <div className="grow">
              <TextField label={t("reminder.at")} hint={t("reminder.atHint")} value={at} onChange={setAt}
                error={wrong ? errorText(texts, toDto(set.error)) : undefined} />
            </div>
            <Button htmlType="submit">{t("common.save")}</Button>
          </div>
          {state === "ask" ? <div className="row"><Button onClick={() => void notices.ask().then(setState)}>{t("reminder.allow")}</Button></div> : null}
          <p className="soft" role="status">{state === "ask" ? "" : t(state === "granted" ? "reminder.granted" : state === "refused" ? "reminder.refused" : "reminder.unsupported")}</p>
        </>
      )}
      {set.isError && !wrong ? <ErrorNotice error={set.error} /> : null}
    </form>
  );
}
