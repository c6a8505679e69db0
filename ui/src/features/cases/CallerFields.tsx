import type { CaseCaller } from "../../api/generated/CaseCaller";
import { Mark, TextField } from "../../components";
import { useTexts } from "../../locales";

export const noCaller: CaseCaller = { name: "", phone: "", address: "", note: "" };

/** Who asked: sealed at this office. */
export function CallerFields({ caller, onChange }: { caller: CaseCaller; onChange: (caller: CaseCaller) => void }) {
  const { t } = useTexts();
  const field = (key: keyof CaseCaller) => ({ value: caller[key], onChange: (value: string) => onChange({ ...caller, [key]: value }) });
  return (
    <fieldset className="field stays-here stack">
      <legend className="visually-hidden">{t("cases.caller")}</legend>
      <div className="row"><strong aria-hidden="true">{t("cases.caller")}</strong><Mark tone="grey" glyph="lock">{t("cases.callerHere")}</Mark></div>
      <p className="soft">{t("cases.callerHint")}</p>
      <div className="fields">
        <TextField {...field("name")} label={t("cases.callerName")} />
        <TextField {...field("phone")} label={t("cases.callerPhone")} inputMode="numeric" />
        <TextField {...field("address")} label={t("cases.callerAddress")} />
        <TextField {...field("note")} label={t("cases.callerNote")} />
      </div>
    </fieldset>
  );
}
