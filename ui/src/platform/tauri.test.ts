import { beforeEach, describe, expect, it, vi } from "vitest";

const heard = vi.hoisted(() => ({ listeners: new Map<string, (event: { payload: unknown }) => void>(), stopped: 0 }));
vi.mock("@tauri-apps/api/event", () => ({
  listen: (name: string, told: (event: { payload: unknown }) => void) => {
    heard.listeners.set(name, told);
    return Promise.resolve(() => { heard.stopped += 1; });
  },
}));
vi.mock("@tauri-apps/api/core", () => ({ invoke: vi.fn() }));

import { tauri } from "./tauri";

describe("the window", () => {
  beforeEach(() => heard.listeners.clear());

  it("tells where a file was saved, until nobody listens", async () => {
    const told = vi.fn();
    const stop = tauri.onFileSaved(told);
    heard.listeners.get("file-saved")?.({ payload: { path: "/home/a/汇总.xlsx", complete: true } });
    expect(told).toHaveBeenCalledWith({ path: "/home/a/汇总.xlsx", complete: true });
    stop();
    await vi.waitFor(() => expect(heard.stopped).toBe(1));
  });
});
