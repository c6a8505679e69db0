import { Button } from "antd";
import type { ImportIssue } from "../../api/generated/ImportIssue";
import type { ImportPreview } from "../../api/generated/ImportPreview";
import { Choice, Glyph, Mark } from "../../components";
import { useTexts } from "../../locales";
import { issueSubject, issueText, optionText } from "./issue";

/** What would happen: counts, errors by sheet, row and column, questions. */
export function PreviewPart({ preview, answers, onAnswer, onBack, onCommit, busy }: {
  preview: ImportPreview;
  answers: Record<string, string>;
  onAnswer: (id: string, value: string) => void;
  onBack: () => void;
  onCommit: () => void;
  busy: boolean;
}) {
  const texts = useTexts();
  const { t, code, pair } = texts;
  const open = preview.questions.some((question) => !answers[question.id]);
  return (
    <>
      <section className="card stack" aria-label={t("importing.preview")}>
        <h2>{t("importing.preview")}</h2>
        <div className="row">
          <Mark tone="green">{t("importing.newRows", { n: preview.newRows })}</Mark>
          <Mark tone="blue" glyph="pen">{t("importing.changedRows", { n: preview.changedRows })}</Mark>
          <Mark tone="grey" glyph="info">{t("importing.sameRows", { n: preview.sameRows })}</Mark>
        </div>
        {preview.samples.length > 0 ? (
          <div>
            <h3>{t("importing.sampleTitle")}</h3>
            <ul>{preview.samples.map((sample, index) => <li key={index}>{sample}</li>)}</ul>
          </div>
        ) : null}
      </section>
      <Issues title={t("importing.errors")} issues={preview.errors} />
      <Issues title={t("importing.warnings")} issues={preview.warnings} />
      {preview.questions.length > 0 ? (
        <section className="card stack" aria-label={t("importing.questions")}>
          <h2>{t("importing.questions")}</h2>
          {preview.questions.map((question) => (
            <Choice key={question.id} value={answers[question.id] ?? ""} onChange={(value) => onAnswer(question.id, value)}
              label={pair(t("importing.questionWhere", { sheet: question.sheet, row: question.row }), code("importIssue", question.code, question.params))}
              options={question.options.map((option) => ({ ...option, label: optionText(texts, option) }))} />
          ))}
        </section>
      ) : null}
      <div className="row end">
        {open ? <span className="soft grow">{t("importing.unanswered")}</span> : null}
        <Button onClick={onBack}>{t("importing.backToMapping")}</Button>
        <Button type="primary" onClick={onCommit} disabled={open} loading={busy}>{t("importing.commit")}</Button>
      </div>
    </>
  );
}

function Issues({ title, issues }: { title: string; issues: readonly ImportIssue[] }) {
  const texts = useTexts();
  const { t } = texts;
  if (issues.length === 0) return null;
  return (
    <section className="card flush" aria-label={title}>
      <h2 className="list-title">{title}</h2>
      <ul className="list">
        {issues.map((issue, index) => (
          <li key={index} className="line">
            <span className="what">
              <Glyph name="warn" /> <strong>{t("importing.where", { ...issue, code: undefined, params: undefined })} {issueSubject(texts, issue)}</strong>{" "}
              {issueText(texts, issue)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
