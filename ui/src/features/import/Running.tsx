import { Button } from "antd";
import { useEffect, useState } from "react";
import { type Output, useAsk } from "../../api";
import { useTexts } from "../../locales";

/** How often it is asked how far an import is, in milliseconds. */
const every = 300;

/** A word that no other call has. */
export const newToken = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/** How far an import is; it can be called off, and then nothing of it is written. */
export function Running({ token }: { token: string }) {
  const { t } = useTexts();
  const ask = useAsk();
  const [at, setAt] = useState<Output<"import.progress"> | null>(null);
  const [stopping, setStopping] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let open = true;
    async function look() {
      try {
        const progress = await ask("import.progress", { token });
        if (open && progress.running) setAt(progress);
      } catch {
        // The import itself tells what is wrong.
      }
      if (open) timer = setTimeout(() => void look(), every);
    }
    timer = setTimeout(() => void look(), every);
    return () => {
      open = false;
      clearTimeout(timer);
    };
    // One token is one run; the function that asks is made anew with each drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [token]);
  const stop = () => {
    setStopping(true);
    void ask("import.cancel", { token });
  };
  const words = at ? t(`importing.stage_${at.stage}`) : t("importing.stage_reading");
  const counted = at !== null && at.total > 0;
  return (
    <section className="card stack" aria-label={t("importing.running")}>
      <p role="status">{counted ? t("importing.stageOf", { stage: words, done: at.done, total: at.total }) : words}</p>
      <progress className="wide" aria-label={words} value={counted ? at.done : undefined} max={counted ? at.total : undefined} />
      <div className="row end">
        <span className="soft grow">{t("importing.cancelSafe")}</span>
        <Button disabled={stopping} onClick={stop}>{t("importing.cancel")}</Button>
      </div>
    </section>
  );
}
