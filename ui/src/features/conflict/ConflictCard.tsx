import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { ConflictRow } from "../../api/generated/ConflictRow";
import type { ConflictValue } from "../../api/generated/ConflictValue";
import type { ReopenInput } from "../../api/generated/ReopenInput";
import { conflictName, ErrorNotice, historyField, historyValue, historyWriter, Lock, Mark, Notice, sealedPart, toDto } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { OtherValue } from "./OtherValue";
import "./conflict.css";

/** A value as people read it. */
export function saidOf(texts: Texts, row: ConflictRow, { value, name }: Pick<ConflictValue, "value" | "name">): string {
  const { t, code, has } = texts;
  if (row.field === "deleted") return t(value === "" ? "deleted.stands" : "deleted.marked");
  if (name !== null) return name;
  if (value === "") return t("history.emptied");
  if (row.entry === null && has(`value.${value}`)) return code("value", value);
  return historyValue(texts, row.recordType, row.field, value);
}

/** One field that waits: its values with who wrote them, and the one click that settles it. */
export function ConflictCard({ row, onSettled }: { row: ConflictRow; onSettled: (choice: { name: string; value: string; undo: ReopenInput | null; entered: boolean }) => void }) {
  const texts = useTexts();
  const { t, date } = texts;
  const name = conflictName(texts, row).join(" / ");
  const settle = useCommand("conflict.settle");
  const [other, setOther] = useState(false);
  const { entry } = row;
  const who = (one: ConflictValue) => [historyWriter(texts, one), date(one.on)].filter(Boolean).join(" ");

  const use = (value: string, said: string, confirmDate = false) =>
    settle.mutate({ book: row.book, record: row.record, field: row.field, value, confirmDate }, {
      onSuccess: ({ undo }) => onSettled({ name, value: said, undo, entered: row.field.startsWith("over/") }),
    });

  return (
    <li className="card stack">
      <strong>{name}</strong>
      {row.sealed ? <Sealed row={row} who={who} busy={settle.isPending} onUse={(one) => use(one.value, t("conflicts.oneOf", { who: who(one) }))} /> : (
        <div className="row">
          {row.values.map((one, index) => (
            <Button key={index} className="wraps" onClick={() => use(one.value, saidOf(texts, row, one))} disabled={settle.isPending}>
              {t("conflicts.choice", { value: saidOf(texts, row, one), who: who(one) })}
            </Button>
          ))}
          {entry === null ? null : <Button onClick={() => { settle.reset(); setOther(true); }}>{t("conflicts.other")}</Button>}
        </div>
      )}
      {other && entry !== null ? (
        <OtherValue entry={entry} error={settle.error} busy={settle.isPending} onTyped={settle.reset}
          onUse={(value, confirmDate) => use(value, saidOf(texts, row, { value, name: null }), confirmDate)} />
      ) : null}
      {settle.isError && !(other && toDto(settle.error).field === "value") ? <ErrorNotice error={settle.error} /> : null}
    </li>
  );
}

/** What is sealed, opened here and laid side by side; where the values differ it says so. */
function Sealed({ row, who, busy, onUse }: { row: ConflictRow; who: (one: ConflictValue) => string; busy: boolean; onUse: (one: ConflictValue) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const closed = row.values.some((one) => one.closed);
  const parts = [...new Set(row.values.flatMap((one) => one.opened.map((part) => part.name)))];
  const of = (one: ConflictValue, name: string) => one.opened.find((part) => part.name === name);
  const differs = (name: string) => new Set(row.values.map((one) => of(one, name)?.value ?? "")).size > 1;
  return (
    <>
      <div className="row"><Lock /><span className="soft">{t("conflicts.sealedHint")}</span></div>
      {closed ? <Notice tone="yellow">{t("conflicts.closedHint")}</Notice> : null}
      <div className="conflict-sides">
        {row.values.map((one, index) => (
          <section key={index} className="stack tight" aria-label={who(one)}>
            <strong>{who(one)}</strong>
            {one.closed ? <Mark tone="grey" glyph="lock">{t("history.sealed")}</Mark> : (
              <dl>
                {parts.map((name) => {
                  const part = of(one, name);
                  return (
                    <div key={name} className={differs(name) ? "differs" : undefined}>
                      <dt>{historyField(texts, name === "base" ? "income_base" : row.recordType, name, null)} {differs(name) ? <Mark tone="yellow">{t("conflicts.differs")}</Mark> : null}</dt>
                      <dd className="prose">{part ? sealedPart(texts, part) : <span className="soft">{t("history.emptied")}</span>}</dd>
                    </div>
                  );
                })}
              </dl>
            )}
            {closed ? null : <div><Button onClick={() => onUse(one)} disabled={busy} aria-label={`${t("conflicts.settle")} ${who(one)}`}>{t("conflicts.settle")}</Button></div>}
          </section>
        ))}
      </div>
    </>
  );
}
