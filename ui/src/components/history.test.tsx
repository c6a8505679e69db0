import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { HistoryValue } from "../api/generated/HistoryValue";
import type { RecordHistory } from "../api/generated/RecordHistory";
import { texts } from "../locales";
import { HistoryList } from "./History";
import { historyField, historyValue, historyWriter } from "./history";

const zh = texts("zh-CN");

function value(part: Partial<HistoryValue>): HistoryValue {
  return {
    value: "村部", sealed: false, opened: [], holder: "王某", device: "2eb2a03dbf".padEnd(64, "0"), here: false, role: "keeper", profile: null, action: null, on: "2026-03-05",
    standing: "stands", check: "sound", ...part,
  };
}

function history(fields: [string, HistoryValue[]][], part: Partial<RecordHistory> = {}): RecordHistory {
  return {
    record: "0".repeat(32), recordType: "visit", title: "2026-03-05 村部", book: "0".repeat(64), kind: "up/visits", year: 2026, office: "甲村党支部",
    fields: fields.map(([field, values]) => ({ field, subject: null, values })), omitted: 0, sound: true, custody: "none", copied: null, ...part,
  };
}

describe("a record's history", () => {
  it("says whether a mark that it was entered for the office is true", () => {
    const of = (custody: string) => render(<HistoryList history={history([["place", [value({})]]], { custody })} />);
    of("marked");
    expect(screen.getByText(/代录:由代管的电脑/)).toBeInTheDocument();
    of("false");
    expect(screen.getByRole("alert")).toHaveTextContent("写的电脑不是代管");
  });

  it("names who wrote each value, and says what stands", () => {
    render(<HistoryList history={history([["place", [value({ value: "祠堂", holder: null, here: true }), value({ standing: "replaced" })]]])} />);
    const [now, before] = screen.getAllByRole("listitem");
    expect(now).toHaveTextContent("祠堂现在的值本机 · 2026年3月5日");
    expect(before).toHaveTextContent("村部已被改写王某 · 电脑 2eb2a03d · 2026年3月5日");
    expect(screen.getByText(/每个值都有签名/)).toBeVisible();
  });

  it("says of a forged or unsigned value that it is so, and names nobody for it", () => {
    const bad = [value({ check: "unattested", device: null, holder: null }), value({ check: "broken", device: null, holder: null, standing: "replaced" })];
    render(<HistoryList history={history([["place", bad]], { sound: false })} />);
    expect(screen.getByRole("alert")).toHaveTextContent("有的值对不上签名");
    const [unsigned, forged] = screen.getAllByRole("listitem");
    expect(unsigned).toHaveTextContent("不知道是谁 · 2026年3月5日没有签名");
    expect(forged).toHaveTextContent("不知道是谁 · 2026年3月5日签名对不上");
  });

  it("shows a sealed value as sealed, and its parts only where it was opened", () => {
    const sealed = value({ value: null, sealed: true });
    const opened = value({ value: null, sealed: true, opened: [{ name: "private_note", value: "私密" }] });
    const { unmount } = render(<HistoryList history={history([["sealed", [sealed]]], { recordType: "kept_concern" })} />);
    expect(screen.getByText("加密,本机没有钥匙")).toBeVisible();
    unmount();
    render(<HistoryList history={history([["sealed", [opened]]], { recordType: "kept_concern" })} />);
    expect(screen.getByText("私密备注:私密")).toBeVisible();
  });

  it("of many fields shows those that changed first", async () => {
    const many: [string, HistoryValue[]][] = Array.from({ length: 20 }, (_, n) => [`with/第${n}人`, [value({ value: "true" })]]);
    render(<HistoryList history={history([...many, ["place", [value({ value: "祠堂" }), value({ standing: "replaced" })]]])} />);
    expect(screen.getAllByRole("heading", { level: 3 }).map((one) => one.textContent)).toEqual(["地点"]);
    await userEvent.click(screen.getByRole("checkbox", { name: "只看改过的" }));
    expect(screen.getAllByRole("heading", { level: 3 })).toHaveLength(21);
    const first = screen.getAllByRole("list")[0] as HTMLElement;
    expect(within(first).getByText("是")).toBeVisible();
  });

  it("reads values in the words of their field and leaves what people wrote alone", () => {
    expect(historyValue(zh, "dues_payment", "amount", "-4500")).toBe("−45.00 元");
    expect(historyValue(zh, "session", "mark/x", "excused")).toBe("请假");
    expect(historyValue(zh, "dues_assessment", "kind", "farmer")).toBe("农民");
    expect(historyValue(zh, "item", "kind", "rectification")).toBe("整改");
    expect(historyValue(zh, "visit", "place", "open")).toBe("open");
    expect(historyValue(zh, "step", "ref", "0".repeat(32))).toBe("另一条记录");
    expect(historyField(zh, "session", "mark/x", "张三")).toBe("出勤 张三");
    expect(historyField(zh, "session", "kind/lesson", null)).toBe("会议类型 党课");
    expect(historyWriter(zh, value({ role: "custodian", holder: null, here: true }))).toBe("本机 · 代管");
    expect(historyWriter(texts("en"), value({ profile: "李某" }))).toBe("王某 · computer 2eb2a03d · declared: 李某");
  });
});
