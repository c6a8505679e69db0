import { Button } from "antd";
import { useState } from "react";
import { pickFile, useCommand } from "../api";
import type { RootKeeper } from "../api/generated/RootKeeper";
import { type Texts, useTexts } from "../locales";
import { Check } from "./Choice";
import { ErrorNotice, fieldErrors } from "./errors";
import { SelectField, TextField } from "./Field";
import { Notice } from "./Words";

type Last = "known" | "none" | `${number}`;

/** 换发根证书: the recovery words, whom to shut out, and on a new machine the cards of subordinates. */
export function RootRenew({ keepers, onDone }: { keepers: readonly RootKeeper[] | null; onDone: () => void }) {
  const texts = useTexts();
  const { t, date } = texts;
  const renew = useCommand("root.renew");
  const [words, setWords] = useState("");
  const [lost, setLost] = useState<Record<string, Last>>({});
  const [cards, setCards] = useState<{ name: string; base64: string }[]>([]);
  const errors = renew.isError ? fieldErrors(texts, renew.error, ["words"]) : {};
  const others = (keepers ?? []).filter((keeper) => !keeper.here && !keeper.ended);

  if (renew.data) {
    return (
      <div className="stack" role="status">
        <Notice tone="green">{t("root.renewed", { n: renew.data.version })}</Notice>
        <p>{renew.data.below.length > 0 ? t("root.below", { names: texts.several(renew.data.below) }) : t("root.noneBelow")}</p>
        <p>{t("root.next")}</p>
        <div className="row end"><Button type="primary" onClick={onDone}>{t("common.close")}</Button></div>
      </div>
    );
  }

  async function addCard() {
    const file = await pickFile(".ybzcard");
    if (file) setCards([...cards, { name: file.name, base64: file.base64 }]);
  }

  function submit() {
    const ended = Object.entries(lost).map(([device, last]) => ({ device, lastSeq: last === "known" ? null : last === "none" ? 0 : Number(last) }));
    renew.mutate({ words, lost: ended, cards: cards.map((card) => card.base64) });
  }

  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <p>{t("root.renewHint")}</p>
      {keepers === null ? (
        <fieldset className="field">
          <legend>{t("root.cards")}</legend>
          <p className="hint">{t("root.cardsHint")}</p>
          <ul className="list">{cards.map((card) => <li key={card.base64.slice(-24)} className="line"><span className="what">{card.name}</span></li>)}</ul>
          <div><Button onClick={() => void addCard()}>{t("root.addCard")}</Button></div>
        </fieldset>
      ) : null}
      <TextField label={t("root.words")} required rows={4} value={words} onChange={setWords} hint={t("root.wordsHint")} error={errors["words"]} autoFocus />
      {others.length > 0 ? (
        <fieldset className="field">
          <legend>{t("root.lost")}</legend>
          <p className="hint">{t("root.lostHint")}</p>
          {others.map((keeper) => {
            const chosen = lost[keeper.device];
            return (
              <div key={keeper.device} className="stack">
                <Check checked={chosen !== undefined} label={<>{keeper.holder} <span className="mono">{keeper.device.slice(0, 12)}</span></>}
                  onChange={(on) => setLost(on ? { ...lost, [keeper.device]: "known" } : Object.fromEntries(Object.entries(lost).filter(([device]) => device !== keeper.device)))} />
                {chosen === undefined ? null : (
                  <SelectField<Last> label={t("root.lastGood")} value={chosen} onChange={(last) => setLost({ ...lost, [keeper.device]: last })}
                    options={[
                      { value: "known", label: t("root.lastKnown") },
                      ...keeper.issued.toReversed().map((entry) => ({
                        value: `${entry.seq}` as Last,
                        label: t("root.entry", { seq: entry.seq, on: date(entry.on), what: issuedWords(texts, entry.what, entry.about) }),
                      })),
                      { value: "none", label: t("root.lastNone") },
                    ]} />
                )}
              </div>
            );
          })}
        </fieldset>
      ) : null}
      {errors[""] ? <ErrorNotice error={renew.error} /> : null}
      <div className="row end">
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" disabled={words.trim() === ""} loading={renew.isPending}>{t("root.doRenew")}</Button>
      </div>
    </form>
  );
}

/** What a keeper issued, in words: one word for each body of an entry of its log. */
export function issuedWords({ code }: Texts, what: string, about: string): string {
  return code("root", `issued_${what}`, { about: about.length === 64 ? about.slice(0, 12) : about });
}
