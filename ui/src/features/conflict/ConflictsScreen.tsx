import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { nothing, useCommand, useOffice, useQuery } from "../../api";
import type { ConflictRow } from "../../api/generated/ConflictRow";
import type { ReopenInput } from "../../api/generated/ReopenInput";
import { Blank, conflictName, ErrorNotice, Loaded, Notice, Page, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { TextsPart } from "./TextsPart";

/** What was chosen just now, and what takes it back. */
interface Choice {
  name: string;
  value: string;
  undo: ReopenInput | null;
  at: number;
}

/** 冲突: one row each, click the value that holds. */
export function ConflictsScreen() {
  const { t } = useTexts();
  const list = useQuery("conflict.list", nothing);
  const [last, setLast] = useState<Choice | null>(null);
  return (
    <Page title={t("conflicts.title")} narrow>
      {last ? <Last key={`${last.name} ${last.at}`} choice={last} onUndone={() => setLast(null)} /> : null}
      <Loaded query={list}>
        {(rows) =>
          rows.length === 0 ? <Blank>{t("conflicts.none")}</Blank> : (
            <>
              <p>{t("conflicts.intro")}</p>
              <ul className="stack">{rows.map((row) => (
                <Row key={`${row.record} ${row.field}`} row={row} onSettled={(choice) => setLast((old) => ({ ...choice, at: (old?.at ?? 0) + 1 }))} />
              ))}</ul>
            </>
          )
        }
      </Loaded>
      <TextsPart />
    </Page>
  );
}

/** 已选定, with 撤销: an undo is one more edit, and says so. */
function Last({ choice, onUndone }: { choice: Choice; onUndone: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const reopen = useCommand("conflict.reopen");
  const box = useRef<HTMLDivElement>(null);
  // The row with the focus is no more. Not on the button: Enter pressed twice would take back what it chose.
  useEffect(() => box.current?.focus(), []);
  const { undo } = choice;
  return (
    <div className="stack tight" role="status" tabIndex={-1} ref={box}>
      <Notice tone="green" action={undo ? (
        <Button loading={reopen.isPending} onClick={() => reopen.mutate(undo, { onSuccess: () => { say(t("conflicts.undone")); onUndone(); } })}>
          {t("common.undo")}
        </Button>
      ) : null}>
        <div>{t("conflicts.settledAs", { name: choice.name, value: choice.value })}</div>
        <div className="soft">{t(undo ? "conflicts.undoHint" : "conflicts.noUndo")}</div>
      </Notice>
      {reopen.isError ? <ErrorNotice error={reopen.error} /> : null}
    </div>
  );
}

function Row({ row, onSettled }: { row: ConflictRow; onSettled: (choice: Omit<Choice, "at">) => void }) {
  const texts = useTexts();
  const { t, code, date, has } = texts;
  const name = conflictName(texts, row).join(" / ");
  const settle = useCommand("conflict.settle");
  const [other, setOther] = useState<string | null>(null);
  const { overview } = useOffice();
  // Codes are chosen among; only words can be written anew.
  const deletion = row.field === "deleted";
  const free = !deletion && !row.values.some((one) => has(`value.${one.value}`));
  const said = (value: string) => (deletion ? t(value === "" ? "deleted.stands" : "deleted.marked") : code("value", value));
  const who = (by: string) => {
    if (!/^[0-9a-f]{8}$/.test(by)) return by;
    return overview?.device.startsWith(by) ? t("conflicts.thisComputer") : t("conflicts.computer", { id: by });
  };

  const use = (value: string) =>
    settle.mutate({ book: row.book, record: row.record, field: row.field, value }, {
      onSuccess: ({ undo }) => onSettled({ name, value: said(value), undo }),
    });

  return (
    <li className="card stack">
      <strong>{name}</strong>
      <div className="row">
        {row.values.map((one, index) => (
          <Button key={index} onClick={() => use(one.value)} disabled={settle.isPending}>
            {t("conflicts.choice", { value: said(one.value), by: who(one.by), date: date(one.on) })}
          </Button>
        ))}
        {free ? <Button onClick={() => setOther("")}>{t("conflicts.other")}</Button> : null}
      </div>
      {other === null ? null : (
        <form className="row" onSubmit={(event) => { event.preventDefault(); if (other.trim()) use(other.trim()); }}>
          <div className="grow"><TextField label={t("conflicts.otherValue")} value={other} onChange={setOther} autoFocus /></div>
          <Button type="primary" htmlType="submit">{t("conflicts.settle")}</Button>
        </form>
      )}
      {settle.isError ? <ErrorNotice error={settle.error} /> : null}
    </li>
  );
}
