import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useRef, useState } from "react";
import { type Input, type Output, pickFile, useAsk, useCommand } from "../../api";
import type { ImportFile } from "../../api/generated/ImportFile";
import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { ErrorNotice, Mark, Notice, Page } from "../../components";
import { useTexts } from "../../locales";
import { firstChoice, mappingsOf, missingFields, type SheetChoice, yearFault } from "./mapping";
import { PreviewPart } from "./PreviewPart";
import { newToken, Running } from "./Running";
import { SheetPart } from "./SheetPart";

interface Opened {
  file: ImportFile;
  /** Each as it is read for the kind that is chosen for it. */
  sheets: ImportSheet[];
  /** What each seemed to hold, by its name. */
  guesses: Record<string, ImportKind | null>;
}

/** 导入: a file, its columns, the preview, and only then the writing. */
export function ImportScreen() {
  const { t } = useTexts();
  const ask = useAsk();
  const commit = useCommand("import.commit");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [choices, setChoices] = useState<Record<string, SheetChoice>>({});
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [preview, setPreview] = useState<Output<"import.preview"> | null>(null);
  const [error, setError] = useState<unknown>(null);
  /** The word under which the call that runs now is known; none runs without one. */
  const [token, setToken] = useState<string | null>(null);
  const [reading, setReading] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);
  /** Counts what the user said sheets hold: only the answer to the last counts. */
  const turns = useRef(0);
  const box = useRef<HTMLDivElement>(null);
  const sheets = opened?.sheets ?? [];
  const mappings = mappingsOf(sheets, choices);
  const complete = reading === null && mappings.length > 0 && sheets.every((sheet) => {
    const choice = choices[sheet.name];
    return !choice || missingFields(sheet, choice).length === 0;
  });

  async function tried(action: () => Promise<void>) {
    setError(null);
    try {
      await action();
    } catch (reason) {
      setError(reason);
    }
  }

  const pick = () => tried(async () => {
    const file = await pickFile(".xlsx,.xls,.ods,.csv,.txt");
    if (!file) return;
    const { sheets: found } = await ask("import.inspect", { ...file, kinds: {} });
    setOpened({ file, sheets: found, guesses: Object.fromEntries(found.map((sheet) => [sheet.name, sheet.kind])) });
    setChoices(Object.fromEntries(found.map((sheet) => [sheet.name, firstChoice(sheet)])));
    turns.current += 1;
    setReading(null);
    setChecked(false);
    setAnswers({});
    setPreview(null);
    commit.reset();
  });

  const choose = (name: string, of: (choice: SheetChoice) => SheetChoice) =>
    setChoices((all) => {
      const choice = all[name];
      return choice ? { ...all, [name]: of(choice) } : all;
    });

  /** The user says what a sheet holds: its columns are suggested anew for that, a year that was typed stays. */
  const say = ({ name, year: told }: ImportSheet, kind: ImportKind | null) => tried(async () => {
    if (!opened) return;
    const turn = (turns.current += 1);
    if (kind === null) {
      setReading(null);
      return choose(name, (choice) => ({ ...choice, kind }));
    }
    const { file } = opened;
    setReading(name);
    try {
      const { sheets: found } = await ask("import.inspect", { ...file, kinds: { [name]: kind } });
      const read = found.find((one) => one.name === name);
      if (!read || turn !== turns.current) return;
      setOpened((now) => (now?.file === file ? { ...now, sheets: now.sheets.map((one) => (one.name === name ? read : one)) } : now));
      choose(name, ({ year }) => {
        const next = firstChoice(read);
        return year === "" || year === String(told) ? next : { ...next, year };
      });
    } finally {
      if (turn === turns.current) setReading(null);
    }
  });

  const request = (given: Record<string, string>, word: string): Input<"import.preview"> => ({
    file: opened?.file ?? { name: "", base64: "" },
    mappings,
    answers: given,
    token: word,
  });
  /** A call that takes a while: it tells how far it is, and can be called off. */
  const watched = (action: (word: string) => Promise<void>) => tried(async () => {
    const word = newToken();
    setToken(word);
    try {
      await action(word);
    } finally {
      setToken(null);
    }
  });
  const look = (given: Record<string, string>) => watched(async (word) => setPreview(await ask("import.preview", request(given, word))));
  const answer = (id: string, value: string) => setAnswers((all) => ({ ...all, [id]: value }));

  /** The preview, once every sheet's year can be read; else the first field that says why not. */
  function preparePreview() {
    const faulty = sheets.some((sheet) => {
      const choice = choices[sheet.name];
      return choice && yearFault(choice) !== null;
    });
    setChecked(faulty);
    if (faulty) setTimeout(() => box.current?.querySelector<HTMLElement>("input[aria-invalid=true]")?.focus());
    else void look(answers);
  }

  if (commit.data) return <Result result={commit.data} onAgain={() => { commit.reset(); setOpened(null); setPreview(null); }} />;
  return (
    <Page title={t("importing.title")}>
      {opened ? (
        <div className="row">
          <strong>{t("importing.chosen", { name: opened.file.name })}</strong>
          <Button onClick={() => void pick()}>{t("importing.another")}</Button>
        </div>
      ) : (
        <div className="card stack">
          <p>{t("importing.pickHint")}</p>
          <p className="soft">{t("importing.pickSafe")}</p>
          <div><Button type="primary" onClick={() => void pick()}>{t("importing.pick")}</Button></div>
        </div>
      )}
      {error ? <ErrorNotice error={error} /> : null}
      {token ? <Running token={token} /> : null}
      {opened && !preview ? (
        <div className="stack" ref={box}>
          {sheets.map((sheet) => {
            const choice = choices[sheet.name];
            return choice ? (
              <SheetPart key={sheet.name} sheet={sheet} guess={opened.guesses[sheet.name] ?? null} choice={choice} busy={reading === sheet.name}
                locked={reading !== null && reading !== sheet.name} checked={checked} onKind={(kind) => void say(sheet, kind)} onChange={(next) => choose(sheet.name, () => next)} />
            ) : null;
          })}
          {mappings.length === 0 ? <Notice tone="grey">{t("importing.noSheet")}</Notice> : null}
          <div className="row end"><Button type="primary" disabled={!complete || token !== null} onClick={preparePreview}>{t("importing.look")}</Button></div>
        </div>
      ) : null}
      {preview ? (
        <PreviewPart preview={preview} answers={answers} onAnswer={answer} onBack={() => setPreview(null)}
          onCommit={() => watched(async (word) => { await commit.mutateAsync(request(answers, word)); })} busy={token !== null} />
      ) : null}
    </Page>
  );
}

function Result({ result, onAgain }: { result: Output<"import.commit">; onAgain: () => void }) {
  const { t } = useTexts();
  return (
    <Page title={t("importing.result")} narrow>
      <div className="card stack" role="status">
        <Mark tone="green">{t("importing.newRows", { n: result.newRows })}</Mark>
        <p>{t("importing.changedRows", { n: result.changedRows })} · {t("importing.sameRows", { n: result.sameRows })}</p>
        {result.skippedRows > 0 ? <Notice tone="yellow">{t("importing.skippedRows", { n: result.skippedRows })}</Notice> : null}
      </div>
      <div className="row">
        <Link to="/members" className="ant-btn">{t("importing.seeMembers")}</Link>
        <Button onClick={onAgain}>{t("importing.again")}</Button>
      </div>
    </Page>
  );
}
