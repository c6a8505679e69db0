import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import { ErrorNotice, fieldErrors, Page, SecretField, TextField } from "../../components";
import { useTexts } from "../../locales";

/** 输入口令: before the books are open. Whoever forgot it has the sheet. */
export function UnlockScreen({ onOpen }: { onOpen: () => void }) {
  const [forgot, setForgot] = useState(false);
  return (
    <main className="first-use">
      {forgot ? <Recover onOpen={onOpen} onBack={() => setForgot(false)} /> : <Unlock onOpen={onOpen} onForgot={() => setForgot(true)} />}
    </main>
  );
}

function Unlock({ onOpen, onForgot }: { onOpen: () => void; onForgot: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const unlock = useCommand("node.unlock");
  const [passphrase, setPassphrase] = useState("");
  const errors = unlock.isError ? fieldErrors(texts, unlock.error, ["passphrase"]) : {};
  return (
    <Page title={t("unlock.title")} narrow>
      <form className="card stack" onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== "") unlock.mutate({ passphrase }, { onSuccess: onOpen });
      }}>
        <p>{t("unlock.why")}</p>
        <SecretField label={t("unlock.passphrase")} required value={passphrase} onChange={setPassphrase} autoFocus error={errors["passphrase"]} />
        {errors[""] ? <ErrorNotice error={unlock.error} /> : null}
        <div className="row apart">
          <Button onClick={onForgot}>{t("unlock.forgot")}</Button>
          <Button type="primary" htmlType="submit" loading={unlock.isPending} disabled={passphrase === ""}>{t("unlock.open")}</Button>
        </div>
      </form>
    </Page>
  );
}

function Recover({ onOpen, onBack }: { onOpen: () => void; onBack: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const recover = useCommand("key.recover");
  const [words, setWords] = useState("");
  const [first, setFirst] = useState("");
  const [again, setAgain] = useState("");
  const [differ, setDiffer] = useState(false);
  const errors = recover.isError ? fieldErrors(texts, recover.error, ["words", "passphrase"]) : {};
  return (
    <Page title={t("unlock.recover")} narrow>
      <form className="card stack" onSubmit={(event) => {
        event.preventDefault();
        setDiffer(first !== again);
        if (first === again) recover.mutate({ words, passphrase: first }, { onSuccess: onOpen });
      }}>
        <p>{t("unlock.recoverWhy")}</p>
        <TextField label={t("unlock.words")} required rows={4} value={words} onChange={setWords} hint={t("unlock.wordsHint")} autoFocus error={errors["words"]} />
        <SecretField label={t("security.newPassphrase")} required value={first} onChange={setFirst} hint={t("security.passphraseHint")} error={errors["passphrase"]} />
        <SecretField label={t("security.again")} required value={again} onChange={setAgain} error={differ ? t("security.differ") : undefined} />
        {errors[""] ? <ErrorNotice error={recover.error} /> : null}
        <div className="row apart">
          <Button onClick={onBack}>{t("common.back")}</Button>
          <Button type="primary" htmlType="submit" loading={recover.isPending}>{t("unlock.open")}</Button>
        </div>
      </form>
    </Page>
  );
}
