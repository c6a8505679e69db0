import { Check, Choice, TextField } from "../../components";
import { useTexts } from "../../locales";

/** Who hands a payment in. The name is not demanded: it stays here, sealed, while the payment goes up without it. There is no choice for an organization: it may neither advance nor deduct dues. */
export interface HandIn {
  way: "" | "relative" | "member";
  handedBy: string;
  consent: boolean;
}

export const own: HandIn = { way: "", handedBy: "", consent: false };

export function HandInFields({ value, errors, onChange }: { value: HandIn; errors: Partial<Record<string, string>>; onChange: (value: HandIn) => void }) {
  const { t } = useTexts();
  return (
    <>
      <Choice label={t("dues.way")} value={value.way === "" ? "own" : value.way}
        onChange={(way) => onChange(way === "own" ? own : { ...value, way })}
        options={[{ value: "own", label: t("dues.wayOwn") }, { value: "relative", label: t("dues.wayRelative") }, { value: "member", label: t("dues.wayMember") }]} />
      <p className="soft">{t("dues.wayHint")}</p>
      {value.way === "" ? null : (
        <>
          <TextField label={t("dues.handedByField")} hint={t("dues.handedByStays")} value={value.handedBy} onChange={(handedBy) => onChange({ ...value, handedBy })} error={errors["handedBy"]} />
          <Check label={t("dues.consent")} checked={value.consent} onChange={(consent) => onChange({ ...value, consent })} />
          {errors["consent"] ? <p className="error" role="alert">{errors["consent"]}</p> : null}
        </>
      )}
    </>
  );
}

/** The field of an error on the only entry of a collection: `entries.0.handedBy` is about `handedBy`. */
export function ofEntry(field: string | null): string {
  return /^entries\.0\.(\w+)$/.exec(field ?? "")?.[1] ?? "";
}
