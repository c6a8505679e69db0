import { Button } from "antd";
import { useEffect, useState } from "react";
import { useAsk, useCommand, useQuery } from "../api";
import type { ActionRow } from "../api/generated/ActionRow";
import { errorText, openChoices, recordTitle, toDto, UndoDialog, useShortcuts, useToast } from "../components";
import { useTexts } from "../locales";
import "./undo.css";

/** How long what was just saved can be taken back by the bar; Ctrl+Z and the history know it longer. */
const SHOWN = 15_000;

/** 已保存 … [撤销], and Ctrl+Z wherever nobody is typing. */
export function UndoBar() {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const ask = useAsk();
  const list = useQuery("undo.list", { limit: 1 });
  const apply = useCommand("undo.apply");
  const newest: ActionRow | null = list.data?.rows[0] ?? null;
  const [known, setKnown] = useState<number | null>(null);
  const [shown, setShown] = useState<ActionRow | null>(null);
  const [asking, setAsking] = useState<number | null>(null);

  // What was there when the window opened is not news.
  if (list.data && known === null) setKnown(newest?.id ?? 0);
  if (newest && known !== null && newest.id > known) {
    setKnown(newest.id);
    setShown(newest);
  }
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), SHOWN);
    return () => clearTimeout(timer);
  }, [shown]);

  async function start(id: number | null | undefined) {
    if (id === null || id === undefined) {
      say(t("undo.none"));
      return;
    }
    try {
      const preview = await ask("undo.preview", { id });
      if (preview.refused.length > 0 || openChoices(preview).length > 0) {
        setAsking(id);
        return;
      }
      await apply.mutateAsync({ id, choices: [], seen: preview.seen });
    } catch (error) {
      say(errorText(texts, toDto(error)));
    }
  }

  // A dialog has things of its own to take back.
  const outside = (id: number | null | undefined) => {
    if (!document.querySelector("[role=dialog]")) void start(id);
  };
  useShortcuts({
    "Ctrl+Z": { label: "undo.title", act: () => outside(list.data?.nextUndo) },
    "Ctrl+Y": { label: "undo.redo", act: () => outside(list.data?.nextRedo) },
    "Ctrl+Shift+Z": { label: "undo.redo", act: () => outside(list.data?.nextRedo) },
  }, "everywhere");

  const back = shown?.undoes != null;
  return (
    <>
      <div className="undo-bar no-print" role="status">
        {shown ? (
          <div className="row">
            <span>{t(back ? "undo.undid" : "undo.saved", { what: recordTitle(texts, shown) })}</span>
            <Button onClick={() => { setShown(null); void start(shown.id); }}>{t(back ? "undo.redo" : "undo.undoKey")}</Button>
            <Button type="text" aria-label={t("common.close")} onClick={() => setShown(null)}>✕</Button>
          </div>
        ) : null}
      </div>
      {asking === null ? null : <UndoDialog id={asking} onClose={() => setAsking(null)} />}
    </>
  );
}
