import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { keyboard, launch, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

test("first use of a root prints recovery words, and goes on only when they are kept", { skip }, async () => {
  const { page, close } = await open(browser, { role: "empty" });
  await page.getByLabel("机构名称").fill("某区委组织部");
  await page.getByRole("radio", { name: "组织部" }).check();
  await page.getByRole("button", { name: "建账" }).click();
  await page.getByRole("heading", { name: "请打印恢复码" }).waitFor();
  assert.equal(await page.getByRole("listitem").count(), 24);
  assert.equal(await page.getByRole("button", { name: "下一步" }).isDisabled(), true);
  await page.getByLabel("我已打印并收好").check();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("button", { name: "先看今日" }).click();
  await page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
  await close();
});

test("first use of a branch: import can be skipped, then the first visit", { skip }, async () => {
  const { page, close } = await open(browser, { role: "empty" });
  await page.getByLabel("机构名称").fill("某村党支部");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "跳过" }).click();
  await page.getByRole("button", { name: "记第一次走访" }).click();
  await page.getByRole("heading", { name: "走访记录" }).waitFor();
  await close();
});

test("a wrong clock is asked about once and never fills in a date", { skip }, async () => {
  const { page, go, close } = await open(browser, { path: "/visit", options: { clockPlausible: false } });
  assert.equal(await page.getByLabel("日期*").inputValue(), "");
  await page.getByLabel("今天是几月几号?").fill("2026-03-05");
  await page.getByRole("button", { name: "确定" }).click();
  await page.getByText("电脑日期看来不对").waitFor({ state: "detached" });
  await go("/");
  await go("/visit");
  assert.equal(await page.getByText("电脑日期看来不对").count(), 0);
  assert.equal(await page.getByLabel("日期*").inputValue(), "2026-03-05", "the user's own date may be used");
  await close();
});

test("a name in a text for above is changed, or kept and logged, before it leaves", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/hand-in" });
  await page.getByRole("button", { name: "上报 2 条" }).click();
  await page.getByText("请先选定").waitFor();
  assert.equal(mock.state.calls.filter((call) => call.name === "concern.hand_in").length, 0, "nothing leaves undecided");
  await page.getByRole("button", { name: "改", exact: true }).click();
  await page.getByRole("button", { name: "上报 2 条" }).click();
  await page.getByText("已上报 2 条").waitFor();
  const { items } = mock.state.calls.find((call) => call.name === "concern.hand_in").input;
  assert.ok(items.every((item) => item.keepMatches === false));
  assert.ok(items.some((item) => item.text.includes("该户")));
  await close();
});

test("a month's dues are collected by untick, by keyboard", { skip }, async () => {
  const { page, mock, close } = await open(browser);
  const keys = keyboard(page);
  await page.getByRole("link", { name: /收党费/ }).waitFor();
  await keys.press("F4");
  await page.getByRole("button", { name: "本月全收" }).focus();
  await keys.press("Enter");
  await page.getByRole("button", { name: /收下 50 笔/ }).waitFor();
  const cell = page.locator('[data-cell="0-3"]');
  await cell.focus();
  await keys.press("Space", "ArrowDown", "ArrowDown", "Space");
  await page.getByRole("button", { name: /收下 48 笔 · 488.00 元/ }).waitFor();
  await keys.press("Control+Enter");
  await page.getByText("已收 48 笔").waitFor();
  const { entries } = mock.state.calls.find((call) => call.name === "dues.collect").input;
  assert.equal(entries.length, 48);
  assert.ok(entries.every((entry) => Number.isInteger(entry.amountFen) && entry.month === "2026-03"));
  await close();
});

test("a payment is reversed, never changed", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/dues" });
  await page.locator('[data-cell="0-1"]').click();
  await page.getByRole("button", { name: "冲正" }).click();
  await page.getByLabel("冲正原因").fill("记错了人");
  await page.getByRole("button", { name: "冲正" }).last().click();
  await page.getByText("已冲正").waitFor();
  assert.equal(mock.state.payments.filter((pay) => pay.reverses).length, 1);
  await close();
});

test("the matrix is walked by arrows and opens the records of one village and month", { skip }, async () => {
  const { page, close } = await open(browser, { role: "committee", path: "/matrix" });
  const keys = keyboard(page);
  await page.locator('[data-cell="0-1"]').focus();
  await keys.press("ArrowDown", "ArrowRight", "Enter");
  await page.getByRole("heading", { name: "合并台账" }).waitFor();
  assert.equal(await page.getByLabel("月份").inputValue(), "2");
  assert.equal(await page.getByLabel("单位").inputValue(), "b0001");
  await close();
});

test("absence is never read as not done", { skip }, async () => {
  const { page, close } = await open(browser, { role: "committee", path: "/matrix" });
  const label = await page.locator('[data-cell="2-1"]').getAttribute("aria-label");
  assert.match(label ?? "", /未同步\(自2025年9月2日\)/);
  await page.getByLabel("只看要催的").check();
  await page.getByText("丙村党支部").waitFor();
  await close();
});

test("a join is approved only through the compared digits' own button", { skip }, async () => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/org" });
  await page.getByText("482 913").waitFor();
  await page.getByRole("button", { name: "数字一样,同意" }).click();
  await page.getByText("已同意 己村党支部 加入").waitFor();
  assert.equal(mock.state.pending.length, 0);
  await close();
});

test("what would be handed in stands on the screen before it is signed", { skip }, async () => {
  const { page, close } = await open(browser, { role: "committee", path: "/snapshots" });
  await page.getByRole("button", { name: "看将要上报" }).click();
  await page.getByText("3/5已接收 · 1未同步自2025年9月2日 · 1未加入").waitFor();
  assert.equal(await page.getByRole("cell", { name: "—(隐去)" }).count(), 3, "figure, rate and change look alike");
  await page.getByRole("button", { name: "签名并上报" }).click();
  await page.getByText("已签名,等待上级拉取").waitFor();
  await close();
});

test("a conflict is settled by choosing a value", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/conflicts" });
  await page.getByRole("button", { name: /^请假 / }).click();
  await page.getByText("没有冲突").waitFor();
  assert.equal(mock.state.calls.find((call) => call.name === "conflict.settle").input.value, "excused");
  await close();
});

test("a change made elsewhere reaches the screen", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/sync" });
  await page.getByText(/12条待送/).first().waitFor();
  mock.state.light = "green";
  mock.state.touch("sync");
  await page.getByText("已全部签收 · 3月5日21:04 · 某街道党工委").first().waitFor();
  await close();
});

test("English is complete on the screen, too", { skip }, async () => {
  const { page, close } = await open(browser, { path: "/visit", options: { language: "en" } });
  await page.getByRole("heading", { name: "Visit", exact: true }).waitFor();
  await page.getByRole("navigation", { name: "Main menu" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await close();
});

test("Ctrl+K jumps to a list with the words as its filter", { skip }, async () => {
  const { page, close } = await open(browser);
  const keys = keyboard(page);
  await keys.press("Control+k");
  await page.getByLabel("输入姓名、门牌、议题或事项").waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await keys.type("路灯");
  await keys.press("Enter");
  await page.getByRole("heading", { name: "夜谈走访" }).waitFor();
  assert.equal(await page.getByLabel("查户主、地点、情况").inputValue(), "路灯");
  await close();
});
