import { Button } from "antd";
import { useState } from "react";
import { useOffice } from "../api";
import { useTexts } from "../locales";
import { DateField } from "./DateField";
import { Notice } from "./Words";

/** Asks for today's date once when the clock is plainly wrong; nothing is filled in from the clock. */
export function ClockQuestion() {
  const { t } = useTexts();
  const { overview, declaredToday, declareToday } = useOffice();
  const [text, setText] = useState("");
  if (!overview || overview.clockPlausible || declaredToday !== null) return null;
  return (
    <div className="clock-question">
      <Notice tone="yellow">
        <form className="stack" onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) declareToday(text.trim());
        }}>
          <strong>{t("firstUse.clock")}</strong>
          <DateField label={t("firstUse.clockDate")} value={text} onChange={setText} hint={t("firstUse.clockHint")} />
          <div><Button htmlType="submit">{t("common.confirm")}</Button></div>
        </form>
      </Notice>
    </div>
  );
}
