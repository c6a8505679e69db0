import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { Mark, Notice, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { fieldName } from "./fields";
import { importKinds, missingFields, type SheetChoice, yearFault } from "./mapping";

/** One sheet: what it holds, and what each column becomes. */
export function SheetPart({ sheet, guess, choice, busy, locked, checked, onKind, onChange }: {
  /** As it is read for the chosen kind. */
  sheet: ImportSheet;
  /** What it seemed to hold at first. */
  guess: ImportKind | null;
  choice: SheetChoice;
  /** The columns of another kind are being looked for. */
  busy: boolean;
  /** Those of another sheet are. */
  locked: boolean;
  /** The user asked for the preview: what is wrong is said. */
  checked: boolean;
  onKind: (kind: ImportKind | null) => void;
  onChange: (choice: SheetChoice) => void;
}) {
  const texts = useTexts();
  const { t, several } = texts;
  const missing = missingFields(sheet, choice);
  const fault = checked ? yearFault(choice) : null;
  const options = sheet.fields.map((field) => ({ value: field.code, label: fieldName(texts, field.code) }));
  return (
    <section className="card stack" aria-label={t("importing.sheet", { name: sheet.name })}>
      <div className="row apart">
        <h2>{t("importing.sheet", { name: sheet.name })}</h2>
        <span className="soft">{t(sheet.form ? "importing.pages" : "importing.rows", { n: sheet.rows })} · {t(sheet.form ? "importing.pageRow" : "importing.headerRow", { row: sheet.headerRow })}</span>
      </div>
      {sheet.remembered ? <div><Mark tone="green">{t("importing.remembered")}</Mark></div> : null}
      <div className="fields">
        <SelectField<ImportKind> label={t("importing.holds")} value={choice.kind ?? ""} empty={t("importing.skipSheet")} disabled={locked}
          onChange={(kind) => onKind(kind || null)}
          hint={choice.kind === guess ? (guess === null ? t("importing.unknownKind") : undefined) : choice.kind ? t("importing.wrongKind") : undefined}
          options={importKinds.map((value) => ({ value, label: t(`importKind.${value}`) }))} />
        {choice.kind && choice.kind !== "roster" ? (
          <TextField label={t(choice.kind === "dues" ? "importing.yearOf" : "importing.yearFor")} required={choice.kind === "dues"} inputMode="numeric"
            value={choice.year} onChange={(year) => onChange({ ...choice, year })} error={fault ? t(fault) : undefined} />
        ) : null}
      </div>
      {busy ? <p className="soft" role="status">{t("importing.rereading")}</p> : null}
      {choice.kind === null || busy ? null : (
        <ul className="list">
          {sheet.columns.map((column) => (
            <li key={column.index} className="line">
              <div className="what">
                <strong>{column.letter} {column.title}</strong>
                <div className="soft">{several(column.samples.slice(0, 3))}</div>
              </div>
              <div className="grow">
                <SelectField label={`${t("importing.field")} ${column.letter}`} value={choice.columns[column.index] ?? ""} empty={t("importing.ignore")}
                  onChange={(field) => onChange({ ...choice, columns: { ...choice.columns, [column.index]: field } })}
                  options={options} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && !busy ? (
        <Notice tone="yellow">{t("importing.missing", { fields: several(missing.map((code) => fieldName(texts, code))) })}</Notice>
      ) : null}
    </section>
  );
}
