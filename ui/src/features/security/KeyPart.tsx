import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { KeyStatus } from "../../api/generated/KeyStatus";
import { Dialog, ErrorNotice, fieldErrors, SecretField, useToast } from "../../components";
import { useTexts } from "../../locales";

/** Where the key is, and the ways to change that. */
export function KeyPart({ status }: { status: KeyStatus }) {
  const { t, date } = useTexts();
  const [asking, setAsking] = useState<"passphrase" | "keychain" | null>(null);
  const kept = status.passphraseOn !== null;
  return (
    <section className="card stack no-print" aria-label={t("security.key")}>
      <h2>{t("security.key")}</h2>
      <p>
        {kept && status.passphraseOn ? t("security.underPassphrase", { date: date(status.passphraseOn) })
          : t(status.holder === "file" ? "security.inFile" : "security.inKeychain")}
      </p>
      <div className="row">
        <Button onClick={() => setAsking("passphrase")}>{t(kept ? "security.changePassphrase" : "security.setPassphrase")}</Button>
        {kept ? <Button onClick={() => setAsking("keychain")}>{t("security.useKeychain")}</Button> : null}
      </div>
      {asking === "passphrase" ? <PassphraseDialog kept={kept} onClose={() => setAsking(null)} /> : null}
      {asking === "keychain" ? <KeychainDialog onClose={() => setAsking(null)} /> : null}
    </section>
  );
}

function PassphraseDialog({ kept, onClose }: { kept: boolean; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const set = useCommand("key.set_passphrase");
  const [current, setCurrent] = useState("");
  const [first, setFirst] = useState("");
  const [again, setAgain] = useState("");
  const [differ, setDiffer] = useState(false);
  const errors = set.isError ? fieldErrors(texts, set.error, ["current", "passphrase"]) : {};
  function submit() {
    setDiffer(first !== again);
    if (first !== again) return;
    set.mutate({ current, passphrase: first }, { onSuccess: () => { say(t("security.passphraseSet")); onClose(); } });
  }
  return (
    <Dialog title={t(kept ? "security.changePassphrase" : "security.setPassphrase")} open onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} loading={set.isPending}>{t("common.save")}</Button>
      </>
    )}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p>{t("security.passphraseWhy")}</p>
        {kept ? <SecretField label={t("security.current")} required value={current} onChange={setCurrent} error={errors["current"]} /> : null}
        <SecretField label={t("security.newPassphrase")} required value={first} onChange={setFirst} hint={t("security.passphraseHint")}
          error={errors["passphrase"]} />
        <SecretField label={t("security.again")} required value={again} onChange={setAgain} error={differ ? t("security.differ") : undefined} />
        {errors[""] ? <ErrorNotice error={set.error} /> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function KeychainDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const use = useCommand("key.use_keychain");
  const [current, setCurrent] = useState("");
  const errors = use.isError ? fieldErrors(texts, use.error, ["current"]) : {};
  const submit = () => use.mutate({ current }, { onSuccess: () => { say(t("security.keychainUsed")); onClose(); } });
  return (
    <Dialog title={t("security.useKeychain")} open onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} loading={use.isPending}>{t("security.useKeychain")}</Button>
      </>
    )}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p>{t("security.keychainWhy")}</p>
        <SecretField label={t("security.current")} required value={current} onChange={setCurrent} error={errors["current"]} />
        {errors[""] ? <ErrorNotice error={use.error} /> : null}
      </form>
    </Dialog>
  );
}
