import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { ReopenInput } from "../../api/generated/ReopenInput";
import { Blank, ErrorNotice, Loaded, Notice, Page, useToast } from "../../components";
import { useTexts } from "../../locales";
import { ConflictCard } from "./ConflictCard";
import { TextsPart } from "./TextsPart";

/** What was chosen just now, and what takes it back. */
interface Choice {
  name: string;
  value: string;
  undo: ReopenInput | null;
  /** Entered once more, over the others. */
  entered: boolean;
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
                <ConflictCard key={`${row.record} ${row.field}`} row={row} onSettled={(choice) => setLast((old) => ({ ...choice, at: (old?.at ?? 0) + 1 }))} />
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
        <div className="soft">{t(choice.entered ? "conflicts.enteredHint" : undo ? "conflicts.undoHint" : "conflicts.noUndo")}</div>
      </Notice>
      {reopen.isError ? <ErrorNotice error={reopen.error} /> : null}
    </div>
  );
}
