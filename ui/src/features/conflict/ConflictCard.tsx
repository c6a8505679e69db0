import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { invalidate, useCommand } from "../../api";
import type { ConflictRow } from "../../api/generated/ConflictRow";
import type { ConflictValue } from "../../api/generated/ConflictValue";
import type { ReopenInput } from "../../api/generated/ReopenInput";
import { conflictName, ErrorNotice, historyValue, historyWriter, Notice, toDto, useToast } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { OtherValue } from "./OtherValue";
import { Sealed } from "./Sealed";
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
  const client = useQueryClient();
  const say = useToast();
  const name = conflictName(texts, row).join(" / ");
  const settle = useCommand("conflict.settle");
  const [other, setOther] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const { entry } = row;
  const who = (one: ConflictValue) => [historyWriter(texts, one), date(one.on)].filter(Boolean).join(" ");
  // What came in meanwhile is to be looked at first; what was chosen or typed stays.
  const changed = settle.isError && toDto(settle.error).code === "changed_since";
  const chosen = (one: ConflictValue) => changed && one.value === picked;

  function use(value: string, said: string, { confirmDate = false, unread = false, seen = row.seen } = {}) {
    setPicked(value);
    settle.mutate({ book: row.book, record: row.record, field: row.field, value, seen, confirmDate, unread }, {
      onSuccess: ({ undo }) => onSettled({ name, value: said, undo, entered: row.field.startsWith("over/") }),
      onError: (error) => {
        if (toDto(error).code !== "changed_since") return;
        // Where nothing is left to choose, the card goes, and with it what it says.
        say(t("conflicts.changedSay", { name }));
        void invalidate(client, ["conflict"]);
      },
    });
  }

  return (
    <li className="card stack">
      <strong>{name}</strong>
      {changed ? <Notice tone="yellow" alert>{t("conflicts.changed")}</Notice> : null}
      {row.sealed ? <Sealed row={row} who={who} busy={settle.isPending} chosen={chosen} onUse={(one, unread, seen) => use(one.value, t("conflicts.oneOf", { who: who(one) }), { unread, seen })} /> : (
        <div className="row">
          {row.values.map((one, index) => (
            <Button key={index} className="wraps" type={chosen(one) ? "primary" : "default"} onClick={() => use(one.value, saidOf(texts, row, one))} disabled={settle.isPending}>
              {t("conflicts.choice", { value: saidOf(texts, row, one), who: who(one) })}{chosen(one) ? ` · ${t("conflicts.picked")}` : ""}
            </Button>
          ))}
          {entry === null ? null : <Button onClick={() => { settle.reset(); setOther(true); }}>{t("conflicts.other")}</Button>}
        </div>
      )}
      {other && entry !== null ? (
        <OtherValue entry={entry} error={settle.error} busy={settle.isPending} onTyped={settle.reset}
          onUse={(value, confirmDate) => use(value, saidOf(texts, row, { value, name: null }), { confirmDate })} />
      ) : null}
      {settle.isError && !changed && !(other && toDto(settle.error).field === "value") ? <ErrorNotice error={settle.error} /> : null}
    </li>
  );
}
