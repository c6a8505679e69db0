import { fireEvent, render, screen, waitFor } from "@testing-library/react";
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

  const send = "{Control>}{Enter}{/Control}";

  it("presses the button of the form that is written in, and none among the words", async () => {
    const [word, pay, end] = [vi.fn(), vi.fn(), vi.fn()];
    render(
      <Dialog title="账" open onClose={() => {}} footer={<Button>关闭</Button>}>
        <input aria-label="外面" /><Button type="primary" onClick={word}>别的</Button>
        <form><input aria-label="收款" /><Button type="primary" onClick={pay}>收下</Button></form>
        <form><input aria-label="停止" /><Button type="primary" danger onClick={end}>停止</Button></form>
      </Dialog>,
    );
    await userEvent.type(screen.getByLabelText("收款"), send);
    expect(pay).toHaveBeenCalledTimes(1);
    for (const label of ["外面", "停止"]) {
      // oxlint-disable-next-line no-await-in-loop
      await userEvent.type(screen.getByLabelText(label), send);
    }
    expect([word.mock.calls.length, pay.mock.calls.length, end.mock.calls.length]).toEqual([0, 1, 0]);
  });

  it("does not send itself from a form within it whose button cannot be pressed", async () => {
    const [save, inner, end] = [vi.fn(), vi.fn(), vi.fn()];
    render(
      <Dialog title="账" open onClose={() => {}} footer={<Button type="primary" onClick={save}>保存</Button>}>
        <form><input aria-label="收款" /><Button type="primary" disabled onClick={inner}>收下</Button></form>
        <form><input aria-label="停止" /><Button type="primary" danger onClick={end}>停止</Button></form>
        <form><input aria-label="这张表" /></form>
      </Dialog>,
    );
    await userEvent.type(screen.getByLabelText("收款"), send);
    await userEvent.type(screen.getByLabelText("停止"), send);
    expect([save.mock.calls.length, inner.mock.calls.length, end.mock.calls.length]).toEqual([0, 0, 0]);
    await userEvent.type(screen.getByLabelText("这张表"), send);
    expect(save, "a form without a button of its own is the dialog's").toHaveBeenCalledTimes(1);
  });

  it("is not meant by a key in a dialog above it, nor by one that is held down", async () => {
    const save = vi.fn();
    render(
      <Dialog title="下面" open onClose={() => {}} footer={<Button type="primary" onClick={save}>保存</Button>}>
        <input aria-label="下" />
        <Dialog title="上面" open onClose={() => {}} footer={<Button>关闭</Button>}><input aria-label="上" /></Dialog>
      </Dialog>,
    );
    await userEvent.type(screen.getByLabelText("上"), send);
    expect(save).not.toHaveBeenCalled();
    screen.getByLabelText("下").focus();
    fireEvent.keyDown(screen.getByLabelText("下"), { key: "Enter", ctrlKey: true, repeat: true });
    expect(save).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByLabelText("下"), { key: "Enter", ctrlKey: true });
    expect(save).toHaveBeenCalledTimes(1);
  });
});
