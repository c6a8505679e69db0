import type { SyncStatus } from "../api/generated/SyncStatus";
import { type Texts, useTexts } from "../locales";
import { Mark, type Tone } from "./Words";

/** `3月5日21:04` */
export function receiptTime(texts: Texts, receipt: { on: string; at: string }): string {
  const [, , month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(receipt.on) ?? [];
  if (!month || !day) return `${receipt.on} ${receipt.at}`;
  if (texts.language === "en") return `${texts.date(receipt.on)} ${receipt.at}`;
  return `${Number(month)}月${Number(day)}日${receipt.at}`;
}

/** The one sentence of the sync status; it never says more than a receipt proves. */
export function syncSentence(texts: Texts, status: SyncStatus, root: boolean): string {
  const { t } = texts;
  switch (status.light) {
    case "grey":
      return root ? t("status.root") : t("status.grey");
    case "blue":
      if (status.sending) return t("status.sending", { ...status.sending });
      return status.lastReceipt
        ? t("status.blue", { n: status.unsent, when: receiptTime(texts, status.lastReceipt) })
        : t("status.blueNever", { n: status.unsent });
    case "green":
      return status.lastReceipt
        ? t("status.green", { when: receiptTime(texts, status.lastReceipt), by: status.lastReceipt.by })
        : t("status.blueNever", { n: status.unsent });
    case "yellow":
      return t("status.yellow", { n: status.problems });
    case "red":
      return t("status.red", { why: stopReason(texts, status.stopped) });
  }
}

export function stopReason(texts: Texts, stopped: string | null): string {
  if (stopped === null) return texts.t("status.unknownStop", { code: "?" });
  return texts.code("status", stopped);
}

export function SyncWords({ status, root }: { status: SyncStatus; root: boolean }) {
  const texts = useTexts();
  // Without a receipt there is no tick, whatever the colour says.
  const tone: Tone = status.light === "green" && !status.lastReceipt ? "blue" : status.light;
  return <Mark tone={tone}>{syncSentence(texts, status, root)}</Mark>;
}
