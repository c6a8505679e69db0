import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionRow } from "../api/generated/ActionRow";
import { ToastProvider } from "../components";
import { told, UndoBar } from "./UndoBar";

type Listed = { rows: ActionRow[]; nextUndo: number | null; nextRedo: number | null };
const node = vi.hoisted(() => ({ list: (): unknown => null, calls: [] as [string, unknown][], release: () => {} }));

vi.mock("../platform", async (original) => ({
  ...(await original<object>()),
  call: (name: string, _office: string | null, input: { id: number }) => {
    node.calls.push([name, input]);
    if (name === "undo.list") return node.list();
    if (name === "undo.preview") {
      const action = listed.rows.find((one) => one.id === input.id);
      return Promise.resolve({ action, records: [], refused: [], seen: "s" });
    }
    return new Promise((resolve) => { node.release = () => resolve({ id: 99 }); });
  },
}));

let listed: Listed;
const row = (part: Partial<ActionRow>): ActionRow => ({ id: 1, on: "2026-03-05", call: "visit.save", recordType: "visit", record: "a", title: "村部", records: 1, undoes: null, undone: false, ...part });
const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });
const show = (path: string, own = client()) => ({ own, ...render(<QueryClientProvider client={own}><ToastProvider><UndoBar path={path} /></ToastProvider></QueryClientProvider>) });
const key = (name: string, part = {}) => fireEvent.keyDown(document.body, { key: name, ctrlKey: true, ...part });
const named = (name: string) => node.calls.filter(([one]) => one === name);

/** The bar with an empty list, then the row as news. */
async function news(path: string, part: Partial<ActionRow>) {
  listed = { rows: [], nextUndo: null, nextRedo: null };
  const shown = show(path);
  await waitFor(() => expect(shown.own.getQueryData(["undo.list", null, { limit: 20 }])).toBeDefined());
  const one = row(part);
  listed = { rows: [one], nextUndo: one.id, nextRedo: null };
  await shown.own.invalidateQueries();
  return shown;
}

beforeEach(() => {
  node.calls.length = 0;
  node.list = () => Promise.resolve(listed);
});

describe("the bar", () => {
  it("has its word for each action, and takes back what was there first", () => {
    expect(told(row({}), [])).toMatchObject({ words: "undo.saved", back: 1 });
    expect(told(row({ call: "deleted.mark" }), [])).toMatchObject({ words: "undo.deleted", back: 1 });
    expect(told(row({ call: "deleted.restore" }), []).words).toBe("undo.restored");
    const undo = row({ id: 2, undoes: 1 });
    expect(told(undo, [undo, row({})])).toMatchObject({ words: "undo.undid", button: "undo.redo", back: 2 });
    const redo = row({ id: 3, undoes: 2 });
    expect(told(redo, [redo, undo, row({})])).toMatchObject({ words: "undo.redid", button: "undo.undoKey", back: 1 });
  });

  it("says nothing on the roll, and takes nothing back there", async () => {
    await news("/roll", {});
    key("z");
    key("y");
    key("Z", { shiftKey: true });
    expect(screen.queryByText(/已保存/)).toBeNull();
    expect(named("undo.preview")).toEqual([]);
  });

  it("takes back what was just saved at once, and only once while it runs", async () => {
    await news("/visits", {});
    await screen.findByText("已保存:走访 村部");
    key("z");
    key("z");
    await waitFor(() => expect(named("undo.apply")).toHaveLength(1));
    key("z");
    node.release();
    await Promise.resolve();
    key("z");
    expect(named("undo.preview")).toHaveLength(1);
    expect(named("undo.apply")).toHaveLength(1);
  });

  it("asks before it takes back what touched several records", async () => {
    await news("/visits", { records: 3 });
    await screen.findByText("已保存:走访 村部");
    key("z");
    expect(await screen.findByRole("dialog")).toHaveTextContent("撤销这一步");
    expect(named("undo.apply")).toEqual([]);
  });

  it("asks before it takes back what was made before the window was opened", async () => {
    listed = { rows: [row({})], nextUndo: 1, nextRedo: null };
    const { own } = show("/visits");
    await waitFor(() => expect(own.getQueryData(["undo.list", null, { limit: 20 }])).toBeDefined());
    expect(screen.queryByText(/已保存/)).toBeNull();
    key("z");
    await screen.findByRole("dialog");
    expect(named("undo.apply")).toEqual([]);
  });

  it("has words of its own for nothing to redo, and none before the list is there", async () => {
    node.list = () => new Promise(() => {});
    const early = show("/visits");
    key("z");
    key("y");
    expect(screen.queryByText(/没有可以/)).toBeNull();
    early.unmount();
    node.list = () => Promise.resolve(listed);
    listed = { rows: [], nextUndo: null, nextRedo: null };
    const { own } = show("/visits");
    await waitFor(() => expect(own.getQueryData(["undo.list", null, { limit: 20 }])).toBeDefined());
    key("y");
    await screen.findByText("没有可以重做的");
    key("z");
    await screen.findByText("没有可以撤销的了");
  });
});
