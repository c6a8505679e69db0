import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, launch, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const calls = (mock, name) => mock.state.calls.filter((call) => call.name === name);

test("a household is erased only after what becomes unreadable was said, and once more asked", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/visit?id=ee0000" });
  await page.getByRole("button", { name: "删除这一户" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("删除以后,谁也不能再打开,本机也不能。不能撤销。").waitFor();
  await dialog.getByText("这些电脑下次同步时也会删除:李乙二").waitFor();
  const erase = dialog.getByRole("button", { name: "删除", exact: true });
  await becomes(() => erase.isDisabled(), true, "nothing is erased by one click");
  assert.equal(calls(mock, "household.erase").length, 0);
  await dialog.getByLabel("我知道不能撤销").check();
  await erase.click();
  await dialog.waitFor({ state: "detached" });
  await becomes(() => calls(mock, "household.erase").length, 1);
  await close();
});

test("a text handed in is taken back, and only the chosen one", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/visit?id=ee0001" });
  const text = mock.state.visits.find((one) => one.id === "ee0001").situationText;
  await page.getByRole("button", { name: "撤除已上报文字" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(text).waitFor();
  await becomes(() => dialog.getByRole("button", { name: "撤除 0 项" }).isDisabled(), true);
  await dialog.getByLabel(text).check();
  await dialog.getByRole("button", { name: "撤除 1 项" }).click();
  await dialog.waitFor({ state: "detached" });
  await becomes(() => calls(mock, "record.redact")[0].input.fields, ["text"]);
  await close();
});

test("damaged books are found, repaired, and what is missing is said", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/settings", options: { damaged: true } });
  const part = page.getByRole("region", { name: "检查账本" });
  await part.getByRole("button", { name: "检查", exact: true }).click();
  await part.getByText("有 1 处不符").waitFor();
  await part.getByRole("button", { name: "修复", exact: true }).click();
  await part.getByText("修好了。同步以后,缺的会重新送来。").waitFor();
  await part.getByText("完好 2310 个改动,等待 4 个,缺 1 个").waitFor();
  await part.getByText("全部完好").waitFor();
  await becomes(() => calls(mock, "doctor.repair").length, 1);
  await becomes(() => part.getByRole("button", { name: "修复", exact: true }).count(), 0, "there is nothing left to repair");
  await close();
});
