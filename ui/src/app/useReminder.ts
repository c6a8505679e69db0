import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { notices, useAsk } from "../api";
import type { Reminder } from "../api/generated/Reminder";
import { type TextKey, type Texts, useTexts } from "../locales";

const minute = 60_000;

/** One line of counts: `会议 2 件、党费 1 件`. */
export function reminderBody({ t, has, several }: Pick<Texts, "t" | "has" | "several">, reminder: Reminder): string {
  const known = reminder.kinds.filter(({ code }) => has(`reminder.${code}`));
  return several(known.map(({ code, count }) => t("reminder.kind", { kind: t(`reminder.${code}` as TextKey), n: count })));
}

/** Asks at the start and each minute whether the day's summary is due, and shows it. What is due, and whether it was told
    today, the node decides; where nothing can be shown it is not asked, so that no day is used up. */
export function useReminder(): void {
  const texts = useTexts();
  const ask = useAsk();
  const navigate = useNavigate();
  const latest = useRef({ texts, ask, navigate });
  useEffect(() => {
    latest.current = { texts, ask, navigate };
  });
  useEffect(() => {
    async function look() {
      if (notices.state() !== "granted") return;
      const now = new Date();
      try {
        const { reminder } = await latest.current.ask("reminder.take", { minute: now.getHours() * 60 + now.getMinutes() });
        if (reminder === null) return;
        const { texts: words } = latest.current;
        await notices.show(words.t("reminder.summary", { n: reminder.total }), reminderBody(words, reminder), () => void latest.current.navigate({ to: "/" }));
      } catch {
        // A node that does not answer, or a locked screen: the next minute asks again.
      }
    }
    void look();
    const timer = setInterval(() => void look(), minute);
    return () => clearInterval(timer);
  }, []);
}
