import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useAsk, useCommand, useQuery } from "../api";
import type { ActionRow } from "../api/generated/ActionRow";
import { errorText, openChoices, recordTitle, type Shortcuts, toDto, UndoDialog, useShortcuts, useToast } from "../components";
import { type TextKey, useTexts } from "../locales";
import "./undo.css";

/** How long what was just saved can be taken back by the bar; Ctrl+Z and the history know it longer. */
const SHOWN = 15_000;
/** So far back it is looked for what an undoing took back. */
const ROWS = 20;

/** Calls after which 已保存 would be the wrong word. */
const said: Record<string, TextKey> = { "deleted.mark": "undo.deleted", "deleted.restore": "undo.restored" };
/** What makes many records of one kind at once: the bar says how many go back with the button. */
const many = new Set(["dues.collect", "dues.assess_year", "meeting.plan_save", "meeting.resolve", "template.make", "concern.hand_in"]);
const noKeys: Shortcuts = {};

interface Told {
  words: TextKey;
  button: TextKey;
  row: ActionRow;
  /** The action that the button takes back. */
  back: number;
}

/** The roll has an undo of its own, and each mark on it, saved by itself, is an action. */
export const hasOwnUndo = (path: string) => path === "/roll";

/** What the bar says of the newest action, and what its button takes back. */
export function told(row: ActionRow, rows: readonly ActionRow[]): Told {
  const before = rows.find((one) => one.id === row.undoes);
  // Taking back an undoing brings back what was there first; that is what can be undone again.
  if (before?.undoes != null) return { words: "undo.redid", button: "undo.undoKey", row, back: before.undoes };
  if (row.undoes !== null) return { words: "undo.undid", button: "undo.redo", row, back: row.id };
  return { words: said[row.call] ?? "undo.saved", button: "undo.undoKey", row, back: row.id };
}

/** 已保存 … [撤销], and Ctrl+Z wherever nobody is typing. */
export function UndoBar({ path }: { path: string }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const ask = useAsk();
  const list = useQuery("undo.list", { limit: ROWS });
  const apply = useCommand("undo.apply");
  const rows = list.data?.rows ?? [];
  const newest: ActionRow | null = rows[0] ?? null;
  const [opened, setOpened] = useState<number | null>(null);
  const [known, setKnown] = useState(0);
  const [shown, setShown] = useState<Told | null>(null);
  const [asking, setAsking] = useState<number | null>(null);
  const busy = useRef(false);
  const applied = useRef<number | null>(null);
  const own = hasOwnUndo(path);

  // What was there when the window opened is not news.
  if (list.data && opened === null) {
    setOpened(newest?.id ?? 0);
    setKnown(newest?.id ?? 0);
  }
  if (newest && opened !== null && newest.id > known) {
    setKnown(newest.id);
    if (!own) setShown(told(newest, rows));
  }
  if (own && shown) setShown(null);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), SHOWN);
    return () => clearTimeout(timer);
  }, [shown]);
  useEffect(() => {
    applied.current = null;
  }, [list.data]);

  /** `blind`: by a key, so that what it takes back may be something else than is thought of. */
  async function start(id: number, blind: boolean) {
    // Until the list is there anew it still names the one that was just taken back.
    if (busy.current || applied.current === id) return;
    busy.current = true;
    try {
      const preview = await ask("undo.preview", { id });
      const old = opened === null || id <= opened;
      if (preview.refused.length > 0 || openChoices(preview).length > 0 || (blind && (old || preview.action.records > 1))) {
        setAsking(id);
        return;
      }
      await apply.mutateAsync({ id, choices: [], seen: preview.seen });
      applied.current = id;
    } catch (error) {
      say(errorText(texts, toDto(error)));
    } finally {
      busy.current = false;
    }
  }

  function press(redo: boolean) {
    if (!list.data) return;
    const id = redo ? list.data.nextRedo : list.data.nextUndo;
    if (id === null) say(t(redo ? "undo.noneRedo" : "undo.none"));
    else void start(id, true);
  }
  useShortcuts(own ? noKeys : {
    "Ctrl+Z": { label: "undo.title", act: () => press(false) },
    "Ctrl+Y": { label: "undo.redo", act: () => press(true) },
    "Ctrl+Shift+Z": { label: "undo.redo", act: () => press(true) },
  }, "everywhere");

  return (
    <>
      <div className="undo-bar no-print" role="status">
        {shown ? (
          <div className="row">
            <span>{t(shown.words, { what: many.has(shown.row.call) && shown.row.records > 1 ? t("undo.andMore", { what: recordTitle(texts, shown.row), n: shown.row.records }) : recordTitle(texts, shown.row) })}</span>
            <Button onClick={() => { setShown(null); void start(shown.back, false); }}>{t(shown.button)}</Button>
            <Button type="text" aria-label={t("common.close")} onClick={() => setShown(null)}>✕</Button>
          </div>
        ) : null}
      </div>
      {asking === null ? null : <UndoDialog id={asking} onClose={() => setAsking(null)} />}
    </>
  );
}
