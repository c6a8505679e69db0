import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, launch, open, realUrl } from "./browser.mjs";
import { readFile } from "./screens.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

test("a delivery is saved as a file, and says that it is not delivered yet", { skip }, async () => {
  const { page, close } = await open(browser, { role: "branch", path: "/sync" });
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "用U盘送出" }).click();
  assert.match((await saved).suggestedFilename(), /\.ybzb$/);
  await page.getByText("还不算送达").waitFor();
  await readFile(page, "从U盘读入", "cut.ybzb", "可能没有拷完就拔了U盘", "cut");
  await close();
});

test("what was brought asks for a file in return, which holds the receipt", { skip }, async () => {
  const { page, close } = await open(browser, { role: "committee", path: "/sync" });
  await readFile(page, "从U盘读入", "a.ybzb", "读入 37 条");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "做回去的文件" }).click();
  await saved;
  await page.getByText("里面有给对方的签收").waitFor();
  await close();
});

test("joining without a network: request, fifteen digits, certificate", { skip }, async () => {
  const { page, close } = await open(browser, { role: "alone", path: "/join" });
  await page.getByLabel("邀请文字").fill("YBZ1-KQ7M2");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "没有网络:用U盘" }).click();
  assert.match((await saved).suggestedFilename(), /\.ybzq$/);
  await page.getByText("66239 29507 45468").waitFor();
  await readFile(page, "读入证书文件", "a.ybzc", "已加入 某街道党工委");
  await close();
});

test("a request from a stick is approved by its fifteen digits and gives a certificate", { skip }, async () => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/org" });
  await readFile(page, "读入申请文件", "a.ybzq", "66239 29507 45468");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "数字一样,同意 庚村党支部" }).click();
  assert.match((await saved).suggestedFilename(), /\.ybzc$/);
  await becomes(() => mock.state.pending.some((row) => row.byFile), false);
  await close();
});

test("a list is looked at before anybody is invited", { skip }, async () => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/org" });
  const invited = mock.state.invitations.length;
  await page.getByRole("button", { name: "按名单邀请" }).click();
  await readFile(page, "选名单", "各村.xlsx", "没有名称");
  await becomes(() => mock.state.invitations.length, invited);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "邀请这 2 个" }).click();
  assert.match((await saved).suggestedFilename(), /\.zip$/);
  await page.getByText("已邀请 2 个").waitFor();
  await becomes(() => mock.state.invitations.length, invited + 2);
  await close();
});
