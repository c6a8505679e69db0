import { Button } from "antd";
import { useState } from "react";
import { nothing, useAsk, useCommand, useDraft, useQuery, useRecords } from "../../api";
import type { RulesList } from "../../api/generated/RulesList";
import type { RulesView } from "../../api/generated/RulesView";
import type { SentPack } from "../../api/generated/SentPack";
import { ErrorNotice, fieldErrors, type FieldErrors, Loaded, Notice, Page, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { Packs, RulesCard } from "./RulesCard";
import "./dues.css";

/** 下发标准: what a committee sets otherwise, checked as a whole before it is sent. */
export function RulesScreen() {
  const { t } = useTexts();
  const list = useQuery("rules.list", nothing);
  const sent = useQuery("rules.sent", nothing);
  const draft = useDraft<{ text: string }>("rules", "new");
  const records = useRecords();
  return (
    <Page title={t("dues.rulesTitle")}>
      <Loaded query={list}>
        {(rules) => (
          <>
            {!records || draft.found === undefined || (rules.below === 0 && !rules.maySetOwn) ? null : (
              <Editor list={rules} initial={draft.found?.text ?? ""} onTyped={(text) => draft.keep({ text })} onGone={draft.discard} />
            )}
            {rules.below > 0 ? (
              <>
                <h2>{t("dues.rulesSentList")}</h2>
                <Loaded query={sent}>{(packs) => <Sent packs={packs} />}</Loaded>
              </>
            ) : null}
            <h2>{t("dues.rulesNow")}</h2>
            <RulesCard rules={rules.current} />
            <Packs list={{ ...rules, maySetOwn: false }} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Editor({ list, initial, onTyped, onGone }: { list: RulesList; initial: string; onTyped: (text: string) => void; onGone: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const ask = useAsk();
  const send = useCommand("rules.send");
  const [text, setText] = useState(initial);
  const [seen, setSeen] = useState<RulesView | null>(null);
  const [errors, setErrors] = useState<FieldErrors>({});

  function set(next: string) {
    setText(next);
    setSeen(null);
    onTyped(next);
  }
  const failed = (error: unknown) => setErrors(fieldErrors(texts, error, ["text"]));
  function check() {
    setErrors({});
    void ask("rules.preview", { text, to: [], own: false }).then(setSeen, failed);
  }
  function submit(own: boolean) {
    send.mutate({ text, to: [], own }, {
      onSuccess: (out) => {
        say(own ? t("dues.rulesOwnDone") : t("dues.rulesSent", { n: out.sent, m: out.already }));
        onGone();
        setText("");
        setSeen(null);
      },
      onError: failed,
    });
  }

  return (
    <section className="card stack" aria-label={t("dues.rulesSendTitle")}>
      <h2>{list.below > 0 ? t("dues.rulesSendTitle") : t("dues.rulesEdit")}</h2>
      <TextField label={t("dues.rulesText")} rows={14} value={text} onChange={set} hint={t("dues.rulesTextHint")} error={errors["text"]} />
      <div className="row">
        <Button onClick={() => void ask("rules.template", nothing).then((out) => set(out.text), failed)}>{t("dues.rulesTemplate")}</Button>
        <Button type={seen ? "default" : "primary"} onClick={check} disabled={text.trim() === ""}>{t("dues.rulesPreview")}</Button>
      </div>
      {seen ? (
        <>
          <Notice tone="green">{t("dues.rulesUnderstood")}</Notice>
          <RulesCard rules={seen} />
          {list.below > 0 ? <Notice tone="blue">{t("dues.rulesLeaves")}</Notice> : null}
          <div className="row end">
            {list.maySetOwn ? <Button onClick={() => submit(true)} loading={send.isPending}>{t("dues.rulesOwn")}</Button> : null}
            {list.below > 0 ? <Button type="primary" onClick={() => submit(false)} loading={send.isPending}>{t("dues.rulesSend", { n: list.below })}</Button> : null}
          </div>
        </>
      ) : null}
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </section>
  );
}

function Sent({ packs }: { packs: readonly SentPack[] }) {
  const { t, date, several } = useTexts();
  const say = useToast();
  const send = useCommand("rules.send");
  return (
    <>
      <ul className="card flush list">
        {packs.length === 0 ? <li className="soft">{t("dues.rulesSentNone")}</li> : packs.map((pack) => (
          <li key={pack.text} className="stack tight">
            <div className="line">
              <span className="what">
                <strong>{t("dues.rulesVersion", { version: pack.version })}</strong>{" "}
                <span className="soft">{[t("dues.packWaits", { date: date(pack.validFrom) }), date(pack.sentOn), t("dues.rulesSentTo", { n: pack.sent })].join(" · ")}</span>
              </span>
              {pack.missing.length === 0 ? null : (
                <Button loading={send.isPending} onClick={() => send.mutate({ text: pack.text, to: [], own: false }, { onSuccess: (out) => say(t("dues.rulesSent", { n: out.sent, m: out.already })) })}>
                  {t("dues.rulesAgain")}
                </Button>
              )}
            </div>
            {pack.missing.length === 0 ? null : <p>{t("dues.rulesMissing", { names: several(pack.missing) })}</p>}
            <details><summary>{t("dues.rulesText")}</summary><pre className="pack-text">{pack.text}</pre></details>
          </li>
        ))}
      </ul>
      {send.isError ? <ErrorNotice error={send.error} /> : null}
    </>
  );
}
