import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, type Output, pickFile, useAsk, useCommand, useOffice } from "../../api";
import type { ImportFile } from "../../api/generated/ImportFile";
import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { ErrorNotice, Mark, Notice, Page } from "../../components";
import { useTexts } from "../../locales";
import { firstChoice, mappingsOf, missingFields, type SheetChoice } from "./mapping";
import { PreviewPart } from "./PreviewPart";
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
  const { year } = useOffice();
  const ask = useAsk();
  const commit = useCommand("import.commit");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [choices, setChoices] = useState<Record<string, SheetChoice>>({});
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [preview, setPreview] = useState<Output<"import.preview"> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [reading, setReading] = useState<string | null>(null);
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
    setChoices(Object.fromEntries(found.map((sheet) => [sheet.name, firstChoice(sheet, year)])));
    setAnswers({});
    setPreview(null);
    commit.reset();
  });

  /** The user says what a sheet holds: its columns are suggested anew for that. */
  const say = (sheet: ImportSheet, choice: SheetChoice, kind: ImportKind | null) => tried(async () => {
    if (!opened || reading !== null) return;
    if (kind === null) return setChoices({ ...choices, [sheet.name]: { ...choice, kind } });
    setReading(sheet.name);
    try {
      const { sheets: found } = await ask("import.inspect", { ...opened.file, kinds: { [sheet.name]: kind } });
      const read = found.find((one) => one.name === sheet.name);
      if (!read) return;
      setOpened({ ...opened, sheets: opened.sheets.map((one) => (one.name === sheet.name ? read : one)) });
      setChoices({ ...choices, [sheet.name]: firstChoice(read, choice.year) });
    } finally {
      setReading(null);
    }
  });

  const request = (given: Record<string, string>): Input<"import.preview"> => ({
    file: opened?.file ?? { name: "", base64: "" },
    mappings,
    answers: given,
  });
  const look = (given: Record<string, string>) => tried(async () => setPreview(await ask("import.preview", request(given))));
  function answer(id: string, value: string) {
    const next = { ...answers, [id]: value };
    setAnswers(next);
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
      {opened && !preview ? (
        <>
          {sheets.map((sheet) => {
            const choice = choices[sheet.name];
            return choice ? (
              <SheetPart key={sheet.name} sheet={sheet} guess={opened.guesses[sheet.name] ?? null} choice={choice} busy={reading === sheet.name}
                onKind={(kind) => void say(sheet, choice, kind)} onChange={(next) => setChoices({ ...choices, [sheet.name]: next })} />
            ) : null;
          })}
          {mappings.length === 0 ? <Notice tone="grey">{t("importing.noSheet")}</Notice> : null}
          <div className="row end"><Button type="primary" disabled={!complete} onClick={() => void look(answers)}>{t("importing.look")}</Button></div>
        </>
      ) : null}
      {preview ? (
        <PreviewPart preview={preview} answers={answers} onAnswer={answer} onBack={() => setPreview(null)}
          onCommit={() => tried(async () => { await commit.mutateAsync(request(answers)); })} busy={commit.isPending} />
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
