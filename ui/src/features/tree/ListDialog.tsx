import { Button } from "antd";
import { useState } from "react";
import { type Output, pickFile, saveFile, useAsk, useCommand } from "../../api";
import type { ImportFile } from "../../api/generated/ImportFile";
import type { TreeListQuestion } from "../../api/generated/TreeListQuestion";
import type { TreeListRow } from "../../api/generated/TreeListRow";
import { Dialog, ErrorNotice, Mark, Notice, SelectField, TextField, type Tone } from "../../components";
import { useTexts } from "../../locales";
import { bases, bodyKinds } from "./words";
import { kinds as officeKinds } from "../org/kinds";

type Answers = Record<string, string>;
type Seen = Output<"org.list_preview">;

const looks: Record<string, Tone> = { body: "blue", invite: "blue", custody: "blue", there: "green", open: "grey", asked: "yellow" };

/** 从名单建树: looked at first, what is open is asked at its cell, and nothing is made before all is answered. */
export function ListDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const ask = useAsk();
  const make = useCommand("org.list_import");
  const [file, setFile] = useState<ImportFile | null>(null);
  const [phone, setPhone] = useState("");
  const [answers, setAnswers] = useState<Answers>({});
  const [seen, setSeen] = useState<Seen | null>(null);
  const [error, setError] = useState<unknown>(null);
  const shown = make.data ?? seen;
  const open = seen?.questions.filter((question) => question.answer === null).length ?? 0;
  const left = seen ? seen.bodies + seen.custody + seen.invited : 0;

  function look(list: ImportFile, said: Answers) {
    setError(null);
    ask("org.list_preview", { file: list, phone, answers: said }).then(setSeen, setError);
  }

  async function choose() {
    const chosen = await pickFile(".xlsx,.xls,.ods,.csv,.txt");
    if (!chosen) return;
    setFile(chosen);
    setSeen(null);
    setAnswers({});
    look(chosen, {});
  }

  function answer(id: string, value: string) {
    const said = { ...answers, [id]: value };
    setAnswers(said);
    if (file) look(file, said);
  }

  return (
    <Dialog title={t("treeList.title")} open onClose={onClose}
      footer={make.data ? <Button type="primary" onClick={onClose}>{t("common.close")}</Button> : <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button onClick={() => void choose()} type={seen ? "default" : "primary"}>{t("treeList.pick")}</Button>
        {file && seen && left > 0 ? (
          <Button type="primary" disabled={open > 0} loading={make.isPending}
            onClick={() => make.mutate({ file, phone, answers }, { onSuccess: ({ packed }) => { if (packed) void saveFile(packed); } })}>
            {t("treeList.make")}
          </Button>
        ) : null}
      </>}>
      {make.data ? (
        <Notice tone="green">
          {t("treeList.made", { bodies: make.data.bodies, custody: make.data.custody, invited: make.data.invited })}
          {make.data.packed ? <div>{t("treeList.saved")}</div> : null}
        </Notice>
      ) : <p>{t("treeList.hint")}</p>}
      {seen && !make.data && seen.invited > 0 ? <TextField label={t("stick.bulkPhone")} value={phone} onChange={setPhone} hint={t("stick.bulkPhoneHint")} /> : null}
      {seen && !make.data ? (
        <div role="status" className="row">
          <Mark tone={open > 0 ? "yellow" : "blue"} glyph="info">
            {open > 0 ? t("treeList.answerFirst", { n: open }) : left === 0 ? t("treeList.nothing") : t("treeList.counts", { bodies: seen.bodies, custody: seen.custody, invited: seen.invited })}
          </Mark>
        </div>
      ) : null}
      {seen && !make.data && seen.questions.length > 0 ? (
        <section className="stack" aria-label={t("treeList.questions")}>
          <h3>{t("treeList.questions")}</h3>
          {seen.questions.map((question) => <Question key={question.id} question={question} onAnswer={(value) => answer(question.id, value)} />)}
        </section>
      ) : null}
      {shown && shown.faults.length > 0 ? <Faults faults={shown.faults} /> : null}
      {shown && shown.rows.length > 0 ? (
        <section aria-label={t("treeList.rows")}>
          <h3>{t("treeList.rows")}</h3>
          <ul className="list bulk-rows">{shown.rows.map((row) => <Row key={row.sheet + row.cell} row={row} made={make.data !== undefined} />)}</ul>
        </section>
      ) : null}
      {error !== null || make.isError ? <ErrorNotice error={error ?? make.error} /> : null}
    </Dialog>
  );
}

function useWord(): (value: string, label: string) => string {
  const { t, code } = useTexts();
  return (value, label) => {
    if (label !== "") return label;
    if (value in officeKinds) return t(officeKinds[value as keyof typeof officeKinds]);
    if ((bodyKinds as readonly string[]).includes(value) || (bases as readonly string[]).includes(value)) return code("tree", value);
    return code("treeList", value);
  };
}

function Question({ question, onAnswer }: { question: TreeListQuestion; onAnswer: (value: string) => void }) {
  const { t, code } = useTexts();
  const word = useWord();
  const title = `${question.cell} ${question.name} · ${code("treeList", question.code, { text: question.text })}`;
  return (
    <SelectField label={title} value={question.answer ?? ""} onChange={onAnswer} empty={t("treeList.choose")}
      options={question.choices.map(({ value, label }) => ({ value, label: word(value, label) }))} />
  );
}

function Row({ row, made }: { row: TreeListRow; made: boolean }) {
  const { t, code } = useTexts();
  const word = useWord();
  const done = made && ["body", "invite", "custody"].includes(row.action);
  return (
    <li className="line">
      <span className="what" style={{ paddingInlineStart: `${Math.min(row.depth, 8)}rem` }}>
        {row.name} <span className="soft">{row.kind ? word(row.kind, "") : ""} <span className="mono">{row.cell}</span></span>
        {row.kindFromName ? <span className="soft"> · {t("treeList.fromName")}</span> : null}
      </span>
      <Mark tone={done ? "green" : looks[row.action] ?? "grey"} glyph={done || row.action === "there" ? "check" : "info"}>
        {code("treeList", done ? `${row.action}_made` : row.action)}
      </Mark>
    </li>
  );
}

function Faults({ faults }: { faults: Seen["faults"] }) {
  const { t, code } = useTexts();
  return (
    <Notice tone="yellow">
      {t("treeList.faults")}
      <ul>
        {faults.map((fault) => (
          <li key={fault.sheet + fault.cell + fault.code}><span className="mono">{fault.cell}</span> {fault.text} · {code("treeList", fault.code)}</li>
        ))}
      </ul>
    </Notice>
  );
}
