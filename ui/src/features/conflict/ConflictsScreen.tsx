import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useOffice, useQuery } from "../../api";
import type { ConflictRow } from "../../api/generated/ConflictRow";
import { Blank, conflictName, ErrorNotice, Loaded, Page, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 冲突: one row each, click the value that holds. */
export function ConflictsScreen() {
  const { t } = useTexts();
  const list = useQuery("conflict.list", nothing);
  return (
    <Page title={t("conflicts.title")} narrow>
      <Loaded query={list}>
        {(rows) =>
          rows.length === 0 ? <Blank>{t("conflicts.none")}</Blank> : (
            <>
              <p>{t("conflicts.intro")}</p>
              <ul className="stack">{rows.map((row) => <Row key={`${row.record} ${row.field}`} row={row} />)}</ul>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Row({ row }: { row: ConflictRow }) {
  const texts = useTexts();
  const { t, code, date, has } = texts;
  const say = useToast();
  const settle = useCommand("conflict.settle");
  const [other, setOther] = useState<string | null>(null);
  const { overview } = useOffice();
  // Codes are chosen among; only words can be written anew.
  const free = !row.values.some((one) => has(`value.${one.value}`));
  const who = (by: string) => {
    if (!/^[0-9a-f]{8}$/.test(by)) return by;
    return overview?.device.startsWith(by) ? t("conflicts.thisComputer") : t("conflicts.computer", { id: by });
  };

  const use = (value: string) =>
    settle.mutate({ book: row.book, record: row.record, field: row.field, value }, { onSuccess: () => say(t("conflicts.settled")) });

  return (
    <li className="card stack">
      <strong>{conflictName(texts, row).join(" / ")}</strong>
      <div className="row">
        {row.values.map((one, index) => (
          <Button key={index} onClick={() => use(one.value)} disabled={settle.isPending}>
            {t("conflicts.choice", { value: code("value", one.value), by: who(one.by), date: date(one.on) })}
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
