import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, launch, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const words = Array.from({ length: 24 }, (_, n) => `word${n}`).join(" ");

test("the recovery words are checked and renew the charter, and a lost keeper ends at the entry that is chosen", { skip }, async () => {
  const { page, mock, close } = await open(browser, { role: "department", path: "/root" });
  await page.getByRole("button", { name: "核对恢复词" }).click();
  const check = page.getByRole("dialog", { name: "核对恢复词" });
  await check.getByRole("textbox").fill("zoo zoo");
  await check.getByRole("button", { name: "核对恢复词" }).click();
  await check.getByText(/恢复词不对/).waitFor();
  await check.getByRole("textbox").fill(words);
  await check.getByRole("button", { name: "核对恢复词" }).click();
  await check.getByText("恢复词正确").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "换发根证书" }).click();
  const renew = page.getByRole("dialog", { name: "换发根证书" });
  await renew.getByRole("checkbox", { name: /孙丁四/ }).check();
  await renew.getByLabel("这台最后一条可信的记录").selectOption({ label: "第 1 条 2026年2月10日 接纳 丙街道党工委" });
  await renew.getByRole("textbox").fill(words);
  await renew.getByRole("button", { name: "换发", exact: true }).click();
  await renew.getByText("已换发第 2 版。本机是根设备。").waitFor();
  await renew.getByText(/直属下级:甲街道党工委、乙街道党工委/).waitFor();
  const sent = mock.state.calls.find((call) => call.name === "root.renew").input;
  assert.deepEqual(sent.lost, [{ device: "5c1e77aa90f2".padEnd(64, "0"), lastSeq: 1 }]);
  await renew.getByRole("button", { name: "关闭", exact: true }).last().click();
  await page.getByText("已停用").waitFor();
  await page.getByText(/现在只有一台根设备/).waitFor();
  await close();
});

test("an order is given after its consequences were shown, and a change of mind shows them anew", { skip }, async () => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/org" });
  await page.getByRole("button", { name: "调整 乙村党支部" }).click();
  const dialog = page.getByRole("dialog", { name: "调整 乙村党支部" });
  await dialog.getByRole("radio", { name: "并入另一个单位" }).check();
  await dialog.getByLabel("并入哪个单位").selectOption({ label: "甲村党支部" });
  await dialog.getByRole("button", { name: "看后果" }).click();
  await dialog.getByText(/“只留本村”的内容不会跟过去/).waitFor();
  await dialog.getByLabel("从哪天起").fill("2099-01-01");
  await becomes(() => dialog.getByRole("button", { name: "下达" }).count(), 0, "what was shown is not what would be ordered");
  await dialog.getByRole("button", { name: "看后果" }).click();
  await dialog.getByText(/不能写以后的日期/).last().waitFor();
  await dialog.getByLabel("从哪天起").fill("");
  await dialog.getByRole("button", { name: "看后果" }).click();
  await dialog.getByRole("button", { name: "下达" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("已合并或撤销").waitFor();
  const sent = mock.state.calls.find((call) => call.name === "order.give").input;
  assert.equal(sent.kind, "merge");
  await close();
});
