import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { ToastProvider } from "../../components";
import { Transfers } from "./Transfers";

const node = vi.hoisted(() => ({ calls: [] as [string, Record<string, unknown>][], save: null as (() => void) | null }));

vi.mock("../../platform", async (original) => ({
  ...(await original<object>()),
  call: (name: string, _office: string | null, input: Record<string, unknown>) => {
    node.calls.push([name, input]);
    if (name === "draft.list") return Promise.resolve([{ form: "transfer", key: "new", value: { member: "m2", place: "别处" }, savedOn: "2026-03-05" }]);
    if (name === "transfer.out") return new Promise((resolve) => { node.save = () => resolve({ id: "t1", late: false }); });
    if (name === "transfer.list") return Promise.resolve({ total: 0, rows: [] });
    if (name === "member.list") return Promise.resolve({ total: 1, rows: [{ id: "m1", name: "赵甲一" }] });
    return Promise.resolve([]);
  },
}));

const drafts = () => node.calls.filter(([name]) => name === "draft.save").map(([, input]) => [input["form"], input["key"], input["value"] === null]);

beforeEach(() => {
  node.calls.length = 0;
  node.save = null;
});

async function opened() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={client}><ToastProvider><Transfers initial="m1" resumes={false} /></ToastProvider></QueryClientProvider>);
  await waitFor(() => expect(client.getQueryData(["draft.list", null, {}])).toBeDefined());
  return screen.findByRole("dialog");
}

it("keeps what is typed about one member apart from what waits about another, and ends that draft alone", async () => {
  const dialog = await opened();
  const place = within(dialog).getByLabelText(/转到哪个支部/);
  expect(place, "not what waits about another").toHaveValue("");
  fireEvent.change(place, { target: { value: "某街道" } });
  await waitFor(() => expect(drafts()).toEqual([["transfer", "m1", false]]));
  fireEvent.submit(dialog.querySelector("form") as HTMLFormElement);
  await waitFor(() => expect(node.save).not.toBeNull());
  expect(node.calls.find(([name]) => name === "transfer.out")?.[1]).toMatchObject({ member: "m1", place: "某街道" });

  // Closed while it saves, the draft would stay for ever.
  fireEvent.keyDown(dialog, { key: "Escape" });
  fireEvent.click(within(dialog).getByRole("button", { name: /取\s*消/ }));
  expect(screen.getByRole("dialog")).toBeInTheDocument();
  node.save?.();
  await waitFor(() => expect(drafts().at(-1)).toEqual(["transfer", "m1", true]));
  expect(drafts().every(([, key]) => key === "m1")).toBe(true);
});
