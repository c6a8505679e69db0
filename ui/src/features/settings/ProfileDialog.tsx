import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { ProfileRow } from "../../api/generated/ProfileRow";
import { Check, Dialog, fieldErrors, Notice, PinField, TextField } from "../../components";
import { useTexts } from "../../locales";

const areas = ["households", "dues", "totals", "organisation"] as const;

/** A name, a PIN and what is not shown to it. */
export function ProfileDialog({ row, first, onClose }: { row: ProfileRow | null; first: boolean; onClose: () => void }) {
  const texts = useTexts();
  const { t, code } = texts;
  const save = useCommand("profile.save");
  const [name, setName] = useState(row?.name ?? "");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [hidden, setHidden] = useState<readonly string[]>(row?.hidden ?? []);
  const [tried, setTried] = useState(false);
  const errors = save.isError ? fieldErrors(texts, save.error, ["name", "pin"]) : {};
  const noName = tried && name.trim() === "";
  const noPin = tried && row === null && pin === "";
  const differ = tried && pin !== again;

  function submit() {
    setTried(true);
    if (name.trim() === "" || (row === null && pin === "") || pin !== again) return;
    save.mutate({ id: row?.id ?? null, name: name.trim(), pin: pin === "" ? null : pin, hidden: [...hidden] }, { onSuccess: onClose });
  }

  return (
    <Dialog title={row ? t("profile.editOf", { name: row.name }) : t("profile.add")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={save.isPending} onClick={submit}>{t("common.save")}</Button>
      </>}>
      {first ? <Notice tone="grey">{t("profile.firstHint")}</Notice> : null}
      <TextField label={t("profile.name")} required value={name} onChange={setName} hint={t("profile.nameHint")}
        error={noName ? t("errors.required") : errors["name"]} />
      <PinField label={row ? t("profile.newPin") : t("profile.pin")} required={row === null} value={pin} onChange={setPin}
        hint={t("profile.pinHint")} error={noPin ? t("errors.required") : errors["pin"]} />
      <PinField label={t("profile.pinAgain")} required={row === null || pin !== ""} value={again} onChange={setAgain}
        error={differ ? t("profile.pinDiffers") : undefined} />
      <fieldset className="field">
        <legend>{t("profile.hidden")}</legend>
        <div className="stack tight">
          {areas.map((area) => (
            <Check key={area} label={code("profile", `hide_${area}`)} checked={hidden.includes(area)}
              onChange={(on) => setHidden(on ? [...hidden, area] : hidden.filter((one) => one !== area))} />
          ))}
        </div>
      </fieldset>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
