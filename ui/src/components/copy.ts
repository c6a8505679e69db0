import { useTexts } from "../locales";
import { useToast } from "./Toast";

/** Puts words on the clipboard and says whether they are there. */
export function useCopy(): (text: string) => void {
  const { t } = useTexts();
  const say = useToast();
  return (text) => {
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    void copied.then(() => say(t("common.copied")), () => say(t("errors.clipboard")));
  };
}
