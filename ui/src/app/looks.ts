import { useEffect, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useMedia } from "../components";
import type { Language } from "../locales";
import { texts } from "../locales";
import { applyTokens, rootSize, type Theme } from "../tokens";

/** Paper is white whatever the screen is; the page is drawn anew before the printer sees it. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  const media = useMedia("print", true);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    globalThis.addEventListener("beforeprint", before);
    globalThis.addEventListener("afterprint", after);
    return () => {
      globalThis.removeEventListener("beforeprint", before);
      globalThis.removeEventListener("afterprint", after);
    };
  }, []);
  return printing || media;
}

const spoken = "yibenzhang.language";

/** The language of this computer's settings while they cannot be read: before the books are unlocked. */
export function lastLanguage(): Language {
  try {
    return localStorage.getItem(spoken) === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

/** Keeps the language that the settings say, for the next start. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(spoken, language);
  } catch {
    // A browser without storage asks in Chinese.
  }
}

/** Language, size of text and theme, written to the page; the answer is what the library of parts is told. */
export function useLooks(language: Language, largeType: boolean, theme: string | null): { rem: number; shown: Theme } {
  const system = useMedia("(prefers-color-scheme: dark)");
  const printing = usePrinting();
  const wanted = theme === "dark" || theme === "light" ? theme : system ? "dark" : "light";
  const shown = printing ? "light" : wanted;
  const [rem, setRem] = useState(16);
  useLayoutEffect(() => {
    const root = document.documentElement;
    applyTokens(root, largeType, shown);
    setRem(rootSize(root));
    root.lang = language;
    document.title = texts(language).t("common.product");
  }, [largeType, language, shown]);
  return { rem, shown };
}
