import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { RootKeeper } from "../../api/generated/RootKeeper";
import { Dialog, fieldErrors, ErrorNotice, issuedWords, Loaded, Mark, Notice, Page, RootRenew, TextField, TreeCard } from "../../components";
import { useTexts } from "../../locales";

/** 根设备: who lets offices into the tree, what each let in, and the way back when one is lost. */
export function RootScreen() {
  const { t } = useTexts();
  const state = useQuery("root.state", nothing);
  const [open, setOpen] = useState<"renew" | "check" | null>(null);
  return (
    <Page title={t("root.title")} actions={
      <>
        <Button onClick={() => setOpen("check")}>{t("root.check")}</Button>
        <Button onClick={() => setOpen("renew")}>{t("root.renew")}</Button>
      </>
    }>
      <p>{t("root.intro")}</p>
      <Loaded query={state}>
        {(data) => (
          <>
            {data.keepers.filter((keeper) => !keeper.ended).length < 2 ? (
              <Notice tone="yellow" action={<Link to="/org">{t("root.toOrg")}</Link>}>{t("root.onlyOne")}</Notice>
            ) : null}
            <section className="card flush" aria-label={t("root.keepers")}>
              <div className="list-title row apart">
                <h2>{t("root.keepers")}</h2>
                <span className="soft">{t("root.version", { n: data.version })}</span>
              </div>
              <ul className="list">{data.keepers.map((keeper) => <Keeper key={keeper.device} keeper={keeper} />)}</ul>
            </section>
            <TreeCard />
            {open === "renew" ? (
              <Dialog title={t("root.renew")} open onClose={() => setOpen(null)} footer={null}>
                <RootRenew keepers={data.keepers} onDone={() => setOpen(null)} />
              </Dialog>
            ) : null}
          </>
        )}
      </Loaded>
      {open === "check" ? <CheckDialog onClose={() => setOpen(null)} /> : null}
    </Page>
  );
}

function Keeper({ keeper }: { keeper: RootKeeper }) {
  const texts = useTexts();
  const { t, date } = texts;
  return (
    <li className="line">
      <div className="what">
        <div>
          {keeper.holder ? <><strong>{keeper.holder}</strong> </> : null}
          <span className="mono">{keeper.device.slice(0, 12)}</span>
          <span className="soft"> · {t(keeper.inCharter ? "root.inCharter" : "root.enrolled")}</span>
        </div>
        {keeper.issued.length > 0 ? (
          <details>
            <summary className="plain-button">{t("root.issued", { n: keeper.issued.length })}</summary>
            <ol className="soft">
              {keeper.issued.map((entry) => (
                <li key={entry.seq}>{t("root.entry", { seq: entry.seq, on: date(entry.on), what: issuedWords(texts, entry.what, entry.about) })}</li>
              ))}
            </ol>
          </details>
        ) : null}
      </div>
      {keeper.ended ? <Mark tone="red" glyph="info">{t("root.ended")}</Mark> : keeper.here ? <Mark tone="blue" glyph="info">{t("root.here")}</Mark> : null}
    </li>
  );
}

function CheckDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const check = useCommand("root.words");
  const [words, setWords] = useState("");
  const errors = check.isError ? fieldErrors(texts, check.error, ["words"]) : {};
  return (
    <Dialog title={t("root.check")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.close")}</Button>
        <Button type="primary" disabled={words.trim() === ""} loading={check.isPending} onClick={() => check.mutate({ words })}>{t("root.check")}</Button>
      </>}>
      <p>{t("root.checkHint")}</p>
      <TextField label={t("root.words")} required rows={4} value={words} onChange={setWords} hint={t("root.wordsHint")} error={errors["words"]} autoFocus />
      {check.isSuccess ? <div role="status"><Notice tone="green">{t("root.checkRight")}</Notice></div> : null}
      {errors[""] ? <ErrorNotice error={check.error} /> : null}
    </Dialog>
  );
}
