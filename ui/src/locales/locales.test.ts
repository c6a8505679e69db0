import { describe, expect, it } from "vitest";
import { en } from "./en";
import { formatYuan, readYuan, texts } from ".";
import { zhCN } from "./zh-CN";

const holes = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].toSorted();
const topics = Object.keys(zhCN) as (keyof typeof zhCN)[];

describe("wording", () => {
  it("has the same topics and keys in both languages", () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(zhCN).toSorted());
    for (const topic of topics) expect(Object.keys(en[topic]).toSorted(), topic).toEqual(Object.keys(zhCN[topic]).toSorted());
  });

  it("is never empty and fills the same holes in both languages", () => {
    for (const topic of topics) {
      for (const [key, chinese] of Object.entries(zhCN[topic])) {
        const english = (en[topic] as Record<string, string>)[key] ?? "";
        expect(chinese.trim(), `${topic}.${key}`).not.toBe("");
        expect(english.trim(), `${topic}.${key}`).not.toBe("");
        expect(holes(english), `${topic}.${key}`).toEqual(holes(chinese));
      }
    }
  });

  it("has no Chinese in English but the name of the language and what is put into Chinese texts", () => {
    for (const topic of topics) {
      for (const [key, english] of Object.entries(en[topic])) {
        if (key !== "chinese") expect(english.replace("该户", ""), `${topic}.${key}`).not.toMatch(/[\u3000-\u9fff\uff00-\uffef]/);
      }
    }
  });

  it("shows a code that is newer than this program as it is", () => {
    expect(texts("zh-CN").code("due", "something_new", {})).toBe("something_new");
  });

  it("never claims more than a receipt proves", () => {
    for (const dictionary of [zhCN, en]) {
      for (const text of Object.values(dictionary.status)) expect(text).not.toMatch(/已同步|100%/);
    }
  });

  it("writes dates and money as they are read aloud", () => {
    expect(texts("zh-CN").date("2026-03-05")).toBe("2026年3月5日");
    expect(texts("zh-CN").date("2026-03")).toBe("2026年3月");
    expect(texts("en").date("2026-03-05")).toBe("5 Mar 2026");
    expect(formatYuan(123_456_7)).toBe("12,345.67");
    expect(formatYuan(-5)).toBe("−0.05");
  });

  it("reads amounts to the fen and refuses the rest", () => {
    expect(readYuan("4,500")).toBe(450_000);
    expect(readYuan("0.2")).toBe(20);
    expect(readYuan("75.015")).toBeNull();
    expect(readYuan("一百")).toBeNull();
    expect(readYuan("")).toBeNull();
  });
});
