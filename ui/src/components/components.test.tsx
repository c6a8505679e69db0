import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { SyncStatus } from "../api/generated/SyncStatus";
import { texts } from "../locales";
import { Chips, chord, composing, errorText, LongList, syncSentence, SyncWords, TextField, useShortcuts } from ".";

const base: SyncStatus = {
  light: "grey", unsent: 0, sending: null, lastReceipt: null, problems: 0, reading: 0, heldAbove: 0, stopped: null, superiorReachable: null, books: [], peers: [], addresses: [], ownMissing: [], lastBackup: null, backupTrouble: null,
};
const receipt = { on: "2026-03-05", at: "21:04", by: "某街道" };
const zh = texts("zh-CN");

describe("the sync status", () => {
  it("speaks the decided words", () => {
    const say = (part: Partial<SyncStatus>) => syncSentence(zh, { ...base, ...part }, false);
    expect(say({})).toBe("未加入上级 · 已存本机");
    expect(say({ light: "blue", unsent: 12, lastReceipt: receipt })).toBe("12条待送 · 上次签收3月5日21:04");
    expect(say({ light: "blue", unsent: 12, sending: { done: 5, total: 12 } })).toBe("正在送 5/12");
    expect(say({ light: "green", lastReceipt: receipt })).toBe("已全部签收 · 3月5日21:04 · 某街道");
    expect(say({ light: "yellow", problems: 3 })).toBe("3条需处理 · 其余照常");
    expect(say({ light: "red", stopped: "disk_full" })).toBe("停住了:硬盘已满");
  });

  it("shows no tick and no green words without a receipt", () => {
    const { container } = render(<SyncWords status={{ ...base, light: "green", unsent: 2 }} root={false} />);
    expect(container.textContent).not.toContain("已全部签收");
    expect(container.querySelector(".tone-green")).toBeNull();
  });
});

describe("a list that is here as a whole", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, n) => `第${n}行`);
  const list = (count: number) => render(<LongList rows={rows(count)}>{(row) => <li key={row}>{row}</li>}</LongList>);

  it.each([0, 1, 50])("shows %i rows at once", (count) => {
    list(count);
    expect(screen.queryAllByRole("listitem")).toHaveLength(count);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("shows the first fifty of many, and more on demand", async () => {
    list(50_000);
    expect(screen.queryAllByRole("listitem")).toHaveLength(50);
    await userEvent.click(screen.getByRole("button", { name: /50/ }));
    expect(screen.queryAllByRole("listitem")).toHaveLength(100);
    expect(screen.getByText("第99行")).toBeTruthy();
  });
});

describe("errors", () => {
  it("show an unknown code with its values", () => {
    expect(errorText(zh, { code: "brand_new", field: null, params: { a: "1" } })).toBe("没有办成(brand_new)。a=1");
  });

  it("stand at the field, named to assistive technology", () => {
    render(<TextField label="日期" value="" onChange={() => {}} required error="这一项必须填写。" />);
    const field = screen.getByRole("textbox", { name: /日期/ });
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription("这一项必须填写。");
  });
});

describe("keys", () => {
  it("belong to the input method while it composes", () => {
    expect(composing({ key: "Enter", isComposing: true, keyCode: 13 })).toBe(true);
    expect(composing({ key: "Enter", isComposing: false, keyCode: 229 })).toBe(true);
    expect(composing({ key: "Enter", isComposing: false, keyCode: 13 })).toBe(false);
  });

  it("are named the same with Ctrl and with the command key", () => {
    expect(chord({ key: "k", ctrlKey: true, metaKey: false })).toBe("Ctrl+K");
    expect(chord({ key: "Enter", ctrlKey: false, metaKey: true })).toBe("Ctrl+Enter");
    expect(chord({ key: "F2", ctrlKey: false, metaKey: false })).toBe("F2");
  });

  it("act once and not during composition", () => {
    const act = vi.fn();
    function Page() {
      useShortcuts({ F2: { label: "keys.visit", act } });
      return null;
    }
    render(<Page />);
    globalThis.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", isComposing: true }));
    expect(act).not.toHaveBeenCalled();
    globalThis.dispatchEvent(new KeyboardEvent("keydown", { key: "F2" }));
    expect(act).toHaveBeenCalledTimes(1);
  });
});

describe("chips", () => {
  it("are one tab stop, arrows move and Space toggles", async () => {
    function Page() {
      const [values, setValues] = useState<string[]>([]);
      return (
        <>
          <Chips label="情况" values={values} onToggle={(value) => setValues([...values, value])}
            options={[{ value: "a", label: "甲" }, { value: "b", label: "乙" }]} />
          <button type="button">后面</button>
        </>
      );
    }
    render(<Page />);
    const user = userEvent.setup();
    await user.tab();
    await user.keyboard("{ArrowRight} ");
    expect(screen.getByRole("button", { name: /乙/ })).toHaveAttribute("aria-pressed", "true");
    await user.tab();
    expect(screen.getByRole("button", { name: "后面" })).toHaveFocus();
  });
});
