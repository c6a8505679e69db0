import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { type Shortcuts, useListedKeys, usePartKeys, useShortcuts } from "./keys";

function Listed() {
  return <ul>{useListedKeys().map((row) => <li key={`${row.scope}${row.label}`}>{`${row.scope} ${row.keys.join(",")} ${row.label}`}</li>)}</ul>;
}

function Everywhere({ shortcuts }: { shortcuts: Shortcuts }) {
  useShortcuts(shortcuts, "everywhere");
  return null;
}

function Screen({ shortcuts }: { shortcuts: Shortcuts }) {
  useShortcuts(shortcuts);
  return null;
}

function Grid({ act }: { act: (key: string) => void }) {
  const onKey = usePartKeys([{ keys: ["ArrowUp", "ArrowDown"], label: "keys.vertical", act }]);
  return <button type="button" onKeyDown={onKey}>格子</button>;
}

const rows = () => screen.queryAllByRole("listitem").map((one) => one.textContent);

describe("the registry of shortcuts", () => {
  it("lists whatever acts, the nearest first, and forgets it with its screen", () => {
    const act = () => {};
    const page = (here: boolean) => (
      <>
        <Everywhere shortcuts={{ F1: { label: "keys.help", act } }} />
        {here ? <><Screen shortcuts={{ "Ctrl+Enter": { label: "common.save", act } }} /><Grid act={act} /></> : null}
        <Listed />
      </>
    );
    const { rerender } = render(page(true));
    expect(rows()).toEqual(["part ArrowUp,ArrowDown keys.vertical", "screen Ctrl+Enter common.save", "everywhere F1 keys.help"]);
    rerender(page(false));
    expect(rows()).toEqual(["everywhere F1 keys.help"]);
  });

  it("follows a screen whose shortcuts change", () => {
    const act = () => {};
    const { rerender } = render(<><Screen shortcuts={{}} /><Listed /></>);
    expect(rows()).toEqual([]);
    rerender(<><Screen shortcuts={{ "Ctrl+Enter": { label: "keys.saveDues", act } }} /><Listed /></>);
    expect(rows()).toEqual(["screen Ctrl+Enter keys.saveDues"]);
  });

  it("opens nothing by a question mark that is written, or composed", () => {
    const act = vi.fn();
    render(<><Everywhere shortcuts={{ "?": { label: "keys.open", act } }} /><input aria-label="写" /><button type="button">按</button></>);
    fireEvent.keyDown(screen.getByLabelText("写"), { key: "?" });
    fireEvent.keyDown(document.body, { key: "?", isComposing: true });
    fireEvent.keyDown(document.body, { key: "?", keyCode: 229 });
    expect(act).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByRole("button"), { key: "?", shiftKey: true });
    fireEvent.keyDown(document.body, { key: "?" });
    expect(act).toHaveBeenCalledTimes(2);
  });

  it("leaves alone what lies behind an open dialog, but for keys that act over it", () => {
    const [lock, search, save, undo] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    const page = (dialog: string | null) => (
      <>
        <Everywhere shortcuts={{ "Ctrl+L": { label: "keys.lock", act: lock, overDialogs: true }, "Ctrl+K": { label: "keys.search", act: search }, "Ctrl+Z": { label: "undo.title", act: undo } }} />
        <Screen shortcuts={{ "Ctrl+Enter": { label: "common.save", act: save } }} />
        {dialog === null ? null : <div role="dialog" aria-label="问" className={dialog} />}
      </>
    );
    const press = () => ["l", "k", "Enter", "z"].map((key) => fireEvent.keyDown(document.body, { key, ctrlKey: true }));
    const { rerender } = render(page("ant-modal"));
    expect(press(), "what is not meant stays the browser's, but for undoing").toEqual([false, true, true, false]);
    expect([lock, search, save, undo].map((one) => one.mock.calls.length)).toEqual([1, 0, 0, 0]);
    rerender(page("ant-modal ant-zoom-leave"));
    press();
    rerender(page(null));
    press();
    expect([lock, search, save, undo].map((one) => one.mock.calls.length), "one that closes, none").toEqual([3, 2, 2, 2]);
  });

  it("takes back one step for a key that is held down", () => {
    const act = vi.fn();
    render(<Everywhere shortcuts={{ "Ctrl+Z": { label: "undo.title", act }, "Ctrl+Shift+Z": { label: "undo.redo", act }, "Ctrl+Y": { label: "undo.redo", act }, F6: { label: "keys.menu", act } }} />);
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true, repeat: true });
    fireEvent.keyDown(document.body, { key: "Z", ctrlKey: true, shiftKey: true, repeat: true });
    fireEvent.keyDown(document.body, { key: "y", ctrlKey: true, repeat: true });
    expect(act).toHaveBeenCalledTimes(1);
    fireEvent.keyDown(document.body, { key: "F6", repeat: true });
    expect(act).toHaveBeenCalledTimes(2);
  });

  it("acts in a part alone where the part has the focus", () => {
    const act = vi.fn();
    render(<Grid act={act} />);
    fireEvent.keyDown(document.body, { key: "ArrowUp" });
    expect(act).not.toHaveBeenCalled();
    expect(fireEvent.keyDown(screen.getByRole("button"), { key: "ArrowUp" }), "the page does not scroll").toBe(false);
    fireEvent.keyDown(screen.getByRole("button"), { key: "ArrowDown", isComposing: true });
    expect(act.mock.calls).toEqual([["ArrowUp"]]);
  });
});

/** Patterns of the ARIA practices, the same in every program: tab strips, chips, boxes with a list. */
const usual = ["components/Choice.tsx", "components/Page.tsx", "app/SearchDialog.tsx", "features/visit/HouseholdField.tsx", "features/visit/ParticipantsField.tsx"];

describe("keys of the screens", () => {
  it("all come from the registry", () => {
    const src = join(import.meta.dirname, "..");
    const files = readdirSync(src, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/")).filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."));
    const own = files.filter((name) => !usual.includes(name) && name !== "components/keys.ts").filter((name) => {
      const text = readFileSync(join(src, name), "utf8");
      return /addEventListener\("key(down|up|press)"|onKey(Up|Press)=/.test(text) || (text.includes("onKeyDown=") && !text.includes("usePartKeys"));
    });
    expect(own).toEqual([]);
  });

  it("reach whatever can be pressed: nothing but controls takes a click, and options of a box with a list", () => {
    const src = join(import.meta.dirname, "..");
    const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx") && !name.includes(".test."));
    const pressed = files.flatMap((name) => [...readFileSync(join(src, name), "utf8").matchAll(/<(?:div|span|li|tr|td|th|p|section|article)\b(?:(?!<)[\s\S]){0,400}?onClick=/g)].map((match) => `${name} ${match[0]}`));
    expect(pressed.length).toBeGreaterThan(0);
    expect(pressed.filter((one) => !/role="option"|tabIndex=/.test(one))).toEqual([]);
  });
});
