import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, open, overflow, realUrl, seriousFindings, settled } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const called = (mock, name) => mock.state.calls.filter((call) => call.name === name).map((call) => call.input);
/** What has the focus, by its name. */
const focus = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

test("everything that waits stands in one list, by kind, each with unit, since when and what happens otherwise", { skip }, async (t) => {
  const { page, faults, close } = await open(browser, { role: "committee", path: "/decide" });
  t.after(close);
  const kinds = ["待商定", "提交的月份", "报完成、等验收的交办", "已报告、等验收的事项", "村里上报、还没有受理的诉求", "已受理、还没有交办的诉求", "收到答复的诉求", "发展党员", "组织关系转接", "等你决定的加入", "没有生效的改动", "疑似重复"];
  for (const kind of kinds) await page.getByRole("region", { name: kind }).waitFor();
  const month = page.getByRole("region", { name: "提交的月份" });
  await month.getByText("59条 · 自2026年2月28日,18天").waitFor();
  await month.getByText("不接收:一直是“已提交”,不算接收").waitFor();
  await page.getByRole("region", { name: "待商定" }).getByText("已过期").waitFor();
  await page.getByLabel("种类").selectOption("trouble");
  await page.getByRole("region", { name: "提交的月份" }).waitFor({ state: "detached" });
  await page.getByRole("region", { name: "没有生效的改动" }).waitFor();
  assert.deepEqual(faults, []);
});

test("up and down choose, one key acts, Enter opens; what was dealt with gives the focus to the next", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/decide" });
  t.after(close);
  const keys = keyboard(page);
  await page.getByRole("button", { name: "去看 甲村党支部 2026年2月" }).focus();
  await keys.press("ArrowDown");
  await becomes(() => focus(page), "去看 甲村党支部 防汛检查");
  await keys.press("ArrowUp");
  await becomes(() => focus(page), "去看 甲村党支部 2026年2月");
  await keys.press("1");
  await page.getByText("已接收 甲村党支部 2026年2月").waitFor();
  const [input] = called(mock, "submission.decide");
  assert.deepEqual([input.id, input.accept, input.digest], ["50bb00", true, "9f31c2aa70e1b2c3d4"]);
  await page.getByRole("region", { name: "提交的月份" }).waitFor({ state: "detached" });
  await becomes(() => focus(page), "去看 甲村党支部 防汛检查");
  await keys.press("1");
  await page.getByRole("region", { name: "报完成、等验收的交办" }).waitFor({ state: "detached" });
  await becomes(() => called(mock, "dispatch.decide").map((one) => [one.id, one.accept]), [["5e0000", true]]);
  // What needs more than a yes leads to where it is done: the acceptance of a rectification asks who and in which role.
  await becomes(() => focus(page), "去看 甲村党支部 党务公开栏更新不及时");
  await keys.press("1");
  await page.waitForFunction(() => location.hash.startsWith("#/flow?") && location.hash.includes("accept"));
  await page.goBack();
  await settled(page);
  await page.getByRole("button", { name: /^去看 .*赵/ }).or(page.getByRole("region", { name: "发展党员" }).getByRole("button", { name: /^去看/ })).first().focus();
  await keys.press("Enter");
  await page.getByRole("dialog").waitFor();
  await keys.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^再试一次/ }).first().click();
  await becomes(() => called(mock, "sync.retry_troubles").length, 1);
});

test("a concern that was handed in waits until it is taken in as a case", { skip }, async (t) => {
  const { page, close } = await open(browser, { role: "committee", path: "/decide" });
  t.after(close);
  const region = page.getByRole("region", { name: "村里上报、还没有受理的诉求" });
  await region.getByText("不受理也不答复", { exact: false }).first().waitFor();
  await region.getByRole("button", { name: "去受理 某街道乙村党支部 屋后排水沟堵塞" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "受理" }).click();
  const dialog = page.getByRole("dialog", { name: "受理" });
  await dialog.getByLabel("答复时限").fill("2026-03-31");
  await dialog.getByRole("button", { name: /^受理/ }).click();
  await page.waitForFunction(() => location.hash.startsWith("#/case?"));
  await page.goBack();
  await page.goBack();
  await region.getByRole("button", { name: /屋后排水沟堵塞/ }).first().waitFor({ state: "detached" });
});

test("a long list is turned page by page, and one with nothing in it says so", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/decide" });
  t.after(close);
  await page.getByRole("region", { name: "待商定" }).waitFor();
  mock.state.manyWaiting = 120;
  mock.state.touch("checklist", "*");
  await page.getByText("第 1 至 50 件,共 120 件").waitFor();
  await page.getByRole("button", { name: "下一页" }).click();
  await page.getByText("第 51 至 100 件,共 120 件").waitFor();
  await page.getByRole("button", { name: "去看 第51村党支部 2026年2月" }).waitFor();
  await page.getByRole("button", { name: "下一页" }).click();
  await page.getByText("第 101 至 120 件,共 120 件").waitFor();
  // The last page empties while it is shown: the one before comes.
  mock.state.manyWaiting = 60;
  mock.state.touch("checklist", "*");
  await page.getByText("第 51 至 60 件,共 60 件").waitFor();
  const nothing = await open(browser, { role: "committee", path: "/decide", options: { nothingWaits: true } });
  t.after(nothing.close);
  await nothing.page.getByText("没有等你决定的").waitFor();
});

test("two members are looked at side by side, merged under preview and taken back", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/alike" });
  t.after(close);
  const keys = keyboard(page);
  await page.getByText("姓名同音").waitFor();
  await page.getByText("提出的 100 对里约 95 对是真的", { exact: false }).waitFor();
  await page.locator("[data-row='0']").focus();
  await keys.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("本级原来算 2,归并后算 1。").waitFor();
  await dialog.getByText("各村照旧各算各的:甲村党支部、乙村党支部。").waitFor();
  await dialog.getByText("这些不一样:姓名、入党时间。看清是不是一个人。").waitFor();
  await dialog.getByRole("radio", { name: "乙村党支部 赵小明" }).check();
  await becomes(() => called(mock, "alike.preview").at(-1).main, "aa02");
  await dialog.getByLabel("为什么(可不写)").fill("名册对过");
  await dialog.getByRole("button", { name: "归并", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await becomes(() => called(mock, "alike.merge"), [{ kind: "members", main: "aa02", parts: ["aa01", "aa02"], note: "名册对过" }]);
  await page.getByText("姓名同音").waitFor({ state: "detached" });
  // The other pair is two persons.
  await page.locator("[data-row='0']").focus();
  await keys.press("2");
  await page.getByText("没有像重复的。").waitFor();
  await becomes(() => called(mock, "alike.apart").length, 1);
  await page.getByRole("radio", { name: "不是同一个" }).check();
  await page.getByRole("button", { name: /^撤回,再提出/ }).click();
  await page.getByText("还没有标过“不是同一个”。").waitFor();
  await page.getByRole("radio", { name: "已归并" }).check();
  await page.getByText("代表").first().waitFor();
  await page.getByRole("button", { name: /^撤回归并/ }).click();
  await page.getByText("还没有归并。").waitFor();
  await page.getByRole("radio", { name: "待比对" }).check();
  await page.getByText("姓名同音").waitFor();
  await page.getByText("出生年月相近").waitFor();
});

test("of concerns it is told who gets the answer and that categories differ", { skip }, async (t) => {
  const { page, close } = await open(browser, { role: "committee", path: "/alike?tab=concerns" });
  t.after(close);
  await page.getByText("全部里约 3% 是真的", { exact: false }).waitFor();
  await page.getByRole("button", { name: /^归并/ }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("答复同时送:甲村党支部、乙村党支部。", { exact: false }).waitFor();
  await dialog.getByText("类别不一样", { exact: false }).waitFor();
});

for (const path of ["/decide", "/alike", "/alike?tab=concerns", "/alike?text=merged"]) {
  test(`${path} fits 360 px and passes axe`, { skip }, async (t) => {
    const { page, faults, close } = await open(browser, { role: "committee", path, width: 360, height: 800 });
    t.after(close);
    await settled(page);
    assert.deepEqual(await seriousFindings(page), []);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(faults, []);
  });
}
