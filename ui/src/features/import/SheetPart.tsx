import type { ImportKind } from "../../api/generated/ImportKind";
import type { ImportSheet } from "../../api/generated/ImportSheet";
import { Mark, Notice, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { fieldName, fieldsFor } from "./fields";
import { importKinds, missingFields, type SheetChoice, withKind } from "./mapping";

/** One sheet: what it holds, and what each column becomes. */
export function SheetPart({ sheet, choice, onChange }: {
  sheet: ImportSheet;
  choice: SheetChoice;
  onChange: (choice: SheetChoice) => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const missing = missingFields(sheet, choice);
  const fields = choice.kind ? fieldsFor(sheet, choice.kind, Object.values(choice.columns)) : [];
  const options = fields.map((field) => ({ value: field.code, label: fieldName(texts, field.code) }));
  return (
    <section className="card stack" aria-label={t("importing.sheet", { name: sheet.name })}>
      <div className="row apart">
        <h2>{t("importing.sheet", { name: sheet.name })}</h2>
        <span className="soft">{t("importing.rows", { n: sheet.rows })} · {t("importing.headerRow", { row: sheet.headerRow })}</span>
      </div>
      {sheet.remembered ? <div><Mark tone="green">{t("importing.remembered")}</Mark></div> : null}
      <div className="fields">
        <SelectField<ImportKind> label={t("importing.holds")} value={choice.kind ?? ""} empty={t("importing.skipSheet")}
          onChange={(kind) => onChange(withKind(sheet, choice, kind || null, (field) => fieldName(texts, field)))}
          hint={choice.kind === sheet.kind ? (sheet.kind === null ? t("importing.unknownKind") : undefined) : choice.kind ? t("importing.wrongKind") : undefined}
          options={importKinds.map((value) => ({ value, label: t(`importKind.${value}`) }))} />
        {choice.kind && choice.kind !== "roster" ? (
          <TextField label={t("importing.yearFor")} inputMode="numeric" value={choice.year === null ? "" : String(choice.year)}
            onChange={(value) => onChange({ ...choice, year: /^\d{4}$/.test(value) ? Number(value) : choice.year })} />
        ) : null}
      </div>
      {choice.kind === null ? null : (
        <ul className="list">
          {sheet.columns.map((column) => (
            <li key={column.index} className="line">
              <div className="what">
                <strong>{column.letter} {column.title}</strong>
                <div className="soft">{column.samples.slice(0, 3).join("、")}</div>
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
      {missing.length > 0 ? (
        <Notice tone="yellow">{t("importing.missing", { fields: missing.map((code) => fieldName(texts, code)).join("、") })}</Notice>
      ) : null}
    </section>
  );
}
