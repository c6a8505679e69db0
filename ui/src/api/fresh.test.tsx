import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { invalidate, newQueryClient, useBegun, useFresh } from ".";

const { asked } = vi.hoisted(() => ({ asked: [] as ((text: string) => void)[] }));
vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: () => new Promise((answer) => { asked.push((text) => answer({ title: text })); }),
}));
vi.mock("./office", () => ({ useOffice: () => ({ office: { id: "o" } }) }));

afterEach(() => {
  cleanup();
  asked.length = 0;
});
const answer = (text: string) => act(async () => asked.shift()?.(text));

function Title() {
  const found = useFresh("checklist.get", { id: "i" });
  return <p>{found.data?.title ?? "waiting"}</p>;
}

test("a form begins with no answer from before a change, and is not taken away by the next one", async () => {
  const client = newQueryClient();
  const shown = (there: boolean) => <QueryClientProvider client={client}>{there ? <Title /> : null}</QueryClientProvider>;
  const { rerender } = render(shown(true));
  await answer("old");
  await screen.findByText("old");
  rerender(shown(false));
  await act(async () => invalidate(client, ["checklist"]));
  rerender(shown(true));
  screen.getByText("waiting");
  await answer("new");
  await screen.findByText("new");
  await act(async () => { void invalidate(client, ["checklist"]); });
  expect(asked).toHaveLength(1);
  screen.getByText("new");
  await answer("newest");
  await screen.findByText("newest");
});

function Form({ record, continues = false }: { record: string; continues?: boolean }) {
  const begun = useBegun(record, continues);
  return <button type="button" onClick={begun.typed} onDoubleClick={begun.done}>{begun.name} {begun.elsewhere ? "elsewhere" : "here"}</button>;
}

test("an untouched form begins anew with the record, one that was typed into stays and is told", async () => {
  const { rerender } = render(<Form record="a" />);
  rerender(<Form record="b" />);
  const form = screen.getByText('"b" here');
  await act(async () => form.click());
  rerender(<Form record="c" />);
  screen.getByText('"b" elsewhere');
  fireEvent.doubleClick(form);
  screen.getByText('"b" here');
  cleanup();
  const left = render(<Form record="a" continues />);
  left.rerender(<Form record="b" continues />);
  screen.getByText('"a" elsewhere');
});
