import { Button } from "antd";
import { useState } from "react";
import { Check, Notice, Page } from "../../components";
import { useTexts } from "../../locales";

/** The 24 words of a root, for paper only. */
export function RecoveryWords({ words, onNext }: { words: readonly string[]; onNext: () => void }) {
  const { t } = useTexts();
  const [kept, setKept] = useState(false);
  return (
    <Page title={t("firstUse.words")} narrow>
      <Notice tone="yellow">{t("firstUse.wordsWhy")}</Notice>
      <ol className="card recovery-words">{words.map((word, index) => <li key={index}>{word}</li>)}</ol>
      <p>{t("firstUse.wordsKeep")}</p>
      <div className="no-print stack">
        <Check label={t("firstUse.wordsDone")} checked={kept} onChange={setKept} />
        <div className="row">
          <Button type={kept ? "default" : "primary"} onClick={() => globalThis.print()}>{t("firstUse.printWords")}</Button>
          <Button type={kept ? "primary" : "default"} disabled={!kept} onClick={onNext}>{t("firstUse.wordsNext")}</Button>
        </div>
      </div>
    </Page>
  );
}
