import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { ProfileState } from "../../api/generated/ProfileState";
import { Choice, errorText, PinField, toDto } from "../../components";
import { useTexts } from "../../locales";
import "./profile.css";

/** 谁在用: a name and its PIN, before anything of the books is shown. */
export function ChooseScreen({ state, onIn }: { state: ProfileState; onIn: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const only = state.profiles.length === 1 ? (state.profiles[0]?.id ?? "") : "";
  const [id, setId] = useState(only);
  const [pin, setPin] = useState("");
  const [missing, setMissing] = useState(false);
  const choose = useCommand("profile.choose");
  const error = missing ? t("errors.required") : choose.isError ? errorText(texts, toDto(choose.error)) : undefined;

  return (
    <main className="choose" lang={texts.language}>
      <form className="card stack" aria-label={t("profile.who")} onSubmit={(event) => {
        event.preventDefault();
        setMissing(pin === "" || id === "");
        if (pin === "" || id === "" || choose.isPending) return;
        choose.mutate({ id, pin }, { onSuccess: onIn, onSettled: () => setPin("") });
      }}>
        <div className="brand"><span className="seal" aria-hidden="true">一</span>{t("common.product")}</div>
        <h1 tabIndex={-1}>{t("profile.who")}</h1>
        <Choice label={t("profile.name")} value={id} onChange={(next) => {
          setId(next);
          choose.reset();
          setMissing(false);
        }} options={state.profiles.map((one) => ({ value: one.id, label: one.name }))} stacked />
        <PinField label={t("profile.pin")} required value={pin} onChange={setPin} error={error} />
        <Button type="primary" htmlType="submit" size="large" loading={choose.isPending}>{t("profile.enter")}</Button>
        <p className="soft">{t("profile.declared")}</p>
        <p className="soft">{t("profile.forgotten")}</p>
      </form>
    </main>
  );
}
