import { createContext, type ReactNode, useContext, useMemo } from "react";
import { en } from "./en";
import { zhCN } from "./zh-CN";

export type Language = "zh-CN" | "en";
export type Dictionary = { [Topic in keyof typeof zhCN]: { [Key in keyof (typeof zhCN)[Topic]]: string } };

type KeyOf<Topic extends keyof Dictionary> = `${Topic}.${Extract<keyof Dictionary[Topic], string>}`;
export type TextKey = { [Topic in keyof Dictionary]: KeyOf<Topic> }[keyof Dictionary];
export type Params = Record<string, string | number | null | undefined>;

const dictionaries: Record<Language, Dictionary> = { "zh-CN": zhCN, en };

function lookUp(language: Language, key: string): string | undefined {
  const dot = key.indexOf(".");
  const topic = dictionaries[language][key.slice(0, dot) as keyof Dictionary] as Record<string, string> | undefined;
  return topic?.[key.slice(dot + 1)];
}

function fill(text: string, params: Params = {}): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params[name];
    return value === undefined || value === null ? hole : String(value);
  });
}

export interface Texts {
  language: Language;
  t: (key: TextKey, params?: Params) => string;
  /** The word for a code that the node sent; the code itself when it is newer than this program. */
  code: (topic: keyof Dictionary, code: string, params?: Params) => string;
  has: (key: string) => boolean;
  date: (iso: string | null | undefined) => string;
  month: (month: number) => string;
  yuan: (fen: number) => string;
  /** Several things in one line: `甲、乙`, `A, B`. */
  several: (items: readonly string[]) => string;
  /** A name and what it is: `措施:…`, `Measure: …`. */
  pair: (name: string, what: string) => string;
}

export function texts(language: Language): Texts {
  return {
    language,
    t: (key, params) => fill(lookUp(language, key) ?? key, params),
    code: (topic, code, params) => fill(lookUp(language, `${topic}.${code}`) ?? code, params),
    has: (key) => lookUp(language, key) !== undefined,
    date: (iso) => formatDate(language, iso),
    month: (month) =>
      language === "en" ? (monthsEn[month - 1] ?? String(month)) : `${month}月`,
    yuan: (fen) => formatYuan(fen),
    several: (items) => items.join(language === "en" ? ", " : "、"),
    pair: (name, what) => (language === "en" ? `${name}: ${what}` : `${name}:${what}`),
  };
}

const monthsEn = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function formatDate(language: Language, iso: string | null | undefined): string {
  if (!iso) return "—";
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(iso) ?? [];
  if (!year || !month) return iso;
  if (language === "en") return `${day ? `${Number(day)} ` : ""}${monthsEn[Number(month) - 1]} ${year}`;
  return `${year}年${Number(month)}月${day ? `${Number(day)}日` : ""}`;
}

/** Fen as yuan with two places, thousands set off. */
export function formatYuan(fen: number): string {
  const sign = fen < 0 ? "−" : "";
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${sign}${String(whole).replace(/\B(?=(\d{3})+$)/g, ",")}.${rest}`;
}

/** Yuan as typed to fen; none when it is not an amount. */
export function readYuan(text: string): number | null {
  const match = /^\s*(\d{1,9})(?:[.。](\d{1,2}))?\s*$/.exec(text.replaceAll(/[,,]/g, ""));
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0") || 0);
}

const Context = createContext<Texts>(texts("zh-CN"));

export function TextsProvider({ language, children }: { language: Language; children: ReactNode }) {
  const value = useMemo(() => texts(language), [language]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useTexts(): Texts {
  return useContext(Context);
}
