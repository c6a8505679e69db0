import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Button } from "antd";
import { describe, expect, it, vi } from "vitest";
import { Dialog } from "./Dialog";
import { useListedKeys } from "./keys";

function Listed() {
  return <p data-testid="keys">{useListedKeys().map((row) => row.keys.join(",")).join(" ")}</p>;
}

describe("a dialog", () => {
  it("is sent by Ctrl+Enter from where one writes, also where Enter begins a line", async () => {
    const [save, inner] = [vi.fn(), vi.fn()];
    render(
      <Dialog title="问" open onClose={() => {}} footer={<Button type="primary" onClick={save}>保存</Button>}>
        <textarea aria-label="写" />
        <form><input aria-label="里面" /><Button type="primary" onClick={inner}>收下</Button></form>
      </Dialog>,
    );
    await userEvent.type(screen.getByLabelText("写"), "一行{Enter}二行{Control>}{Enter}{/Control}");
    await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
    await userEvent.type(screen.getByLabelText("里面"), "{Control>}{Enter}{/Control}");
    expect([save.mock.calls.length, inner.mock.calls.length], "the form that is written in is meant first").toEqual([1, 1]);
  });

  it("knows no such key where nothing is written, and presses nothing that destroys", async () => {
    const remove = vi.fn();
    const question = (field: boolean) => (
      <><Listed /><Dialog title="删?" open onClose={() => {}} footer={<Button type="primary" danger onClick={remove}>删除</Button>}>{field ? <input aria-label="写" /> : "删了就没有了。"}</Dialog></>
    );
    const { rerender } = render(question(false));
    expect(screen.getByTestId("keys").textContent).toBe("");
    rerender(question(true));
    await userEvent.type(screen.getByLabelText("写"), "{Control>}{Enter}{/Control}");
    expect(remove).not.toHaveBeenCalled();
  });
});
