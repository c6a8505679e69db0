import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, launch, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const calls = (mock, name) => mock.state.calls.filter((call) => call.name === name);

test("a device is removed in two steps, and the first says what that means", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/devices" });
  await becomes(() => page.getByRole("button", { name: "移除 李乙二" }).count(), 0, "a colleague is suspended and not removed");
  await page.getByRole("button", { name: "移除 孙丙三" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("它写的 52 条全部继续算数。").waitFor();
  await dialog.getByLabel("写到哪天的内容算数").fill("0310");
  await dialog.getByText("11 条不再算数,会移出台账,原件留着。").waitFor();
  await dialog.getByText("其中 4 条已有别人接着写,先留在台账里,等书记采纳。").waitFor();
  await dialog.getByRole("button", { name: "看清楚了,下一步" }).click();
  assert.equal(calls(mock, "device.remove").length, 0, "nothing was done by the first step");
  await dialog.getByRole("button", { name: "确定移除" }).click();
  await dialog.waitFor({ state: "detached" });
  await becomes(() => calls(mock, "device.remove")[0].input.until, "0310");
  await page.getByRole("button", { name: "移除 孙丙三" }).waitFor({ state: "detached" });
  await close();
});

test("the handover leads from the sheet over a sync to the invitation", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/devices" });
  await page.getByRole("button", { name: "办交接" }).click();
  const dialog = page.getByRole("dialog");
  for (const step of ["第 1 步,共 3 步", "第 2 步,共 3 步"]) {
    await dialog.getByText(step, { exact: false }).waitFor();
    await dialog.getByRole("button", { name: "看清楚了,下一步" }).click();
  }
  await dialog.getByRole("button", { name: "生成交接邀请" }).click();
  await page.getByText("YBZ1HANDOVER", { exact: false }).waitFor();
  await becomes(() => calls(mock, "handover.install")[0].input, { office: null, autoApprove: false });
  assert.equal(calls(mock, "handover.retire").length, 0);
  await close();
});

test("a keeper enrolled from above is announced until somebody knows", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/" });
  const { seedDevices } = await import("./mock/devices.mjs");
  mock.state.installed = [{ ...seedDevices(mock.state)[1], installed: true }];
  mock.state.touch("office");
  const notice = page.getByText("上级登记了新的书记电脑", { exact: false });
  await notice.waitFor();
  await page.getByRole("button", { name: "知道了" }).click();
  await notice.waitFor({ state: "detached" });
  await becomes(() => calls(mock, "device.acknowledge").length, 1);
  await close();
});

test("what a removed device wrote afterwards is adopted once it is asked for twice", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/" });
  mock.state.lateWork = true;
  mock.state.troubles = undefined;
  await page.goto(`${page.url().split("#")[0]}#/sync`);
  mock.state.touch("sync");
  const part = page.getByRole("region", { name: "没有生效的改动" });
  await part.getByRole("button", { name: "采纳" }).first().click();
  assert.equal(calls(mock, "device.adopt").length, 0);
  await page.getByRole("dialog").getByRole("button", { name: "采纳" }).click();
  await part.waitFor({ state: "detached" });
  await becomes(() => calls(mock, "device.adopt")[0].input.device.slice(0, 8), "99aa01f2");
  await close();
});

test("the sheet of a handover has counts and no resident", { skip }, async () => {
  const { page, close } = await open(browser, { path: "/handover" });
  await page.getByText("没办完的清单").waitFor();
  await page.getByText("本机没有记录").waitFor();
  for (const who of ["移交人:", "接收人:", "监交人:"]) await page.getByText(who, { exact: true }).waitFor();
  await close();
});
