// Habits: shortcuts, dark and light, help without a network, the sample, the day's summary, drafts of dialogs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, focusWords, keyboard, launch, open, overflow, realUrl, seriousFindings, settled } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const called = (mock, name) => mock.state.calls.filter((call) => call.name === name).map((call) => call.input);
const dialog = (page) => page.getByRole("dialog");
const gone = (page) => dialog(page).waitFor({ state: "hidden" });

test("? lists the keys of the page, keeps the focus inside, and Esc leads back", { skip }, async (t) => {
  const { page, close } = await open(browser, { path: "/roll" });
  t.after(close);
  await page.locator("[data-member]").first().waitFor();
  await page.keyboard.press("?");
  await dialog(page).getByText("光标所在的地方").waitFor();
  for (const words of ["到", "结束点名", "记走访", "搜索", "看快捷键"]) await dialog(page).getByRole("definition").filter({ hasText: words }).first().waitFor();
  for (let n = 0; n < 12; n += 1) {
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("[role=dialog]") !== null), "the focus stays inside");
  }
  assert.deepEqual(await seriousFindings(page), []);
  await page.keyboard.press("Escape");
  await gone(page);
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-member"));
});

test("a question mark that is written opens nothing", { skip }, async (t) => {
  const { page, close } = await open(browser, { path: "/members" });
  t.after(close);
  const field = page.getByRole("textbox").first();
  await field.focus();
  await page.keyboard.type("a?b");
  await page.waitForFunction(() => document.activeElement?.value === "a?b");
  assert.equal(await dialog(page).count(), 0);
});

test("F1 shows the help of each page, from the button too, and leads to all of it", { skip }, async (t) => {
  const { page, go, close } = await open(browser, { path: "/dues" });
  t.after(close);
  await settled(page);
  await page.keyboard.press("F1");
  await dialog(page).getByRole("article", { name: "党费" }).waitFor();
  await dialog(page).getByText("什么会离开这台电脑").waitFor();
  await dialog(page).getByRole("tab", { name: "这一页" }).focus();
  await page.keyboard.press("ArrowRight");
  await dialog(page).getByText("到处一样").waitFor();
  await page.keyboard.press("Escape");
  await gone(page);
  await go("/sync");
  await page.getByRole("button", { name: /^帮助/ }).focus();
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("article", { name: "同步" }).waitFor();
  await dialog(page).getByRole("button", { name: "同步状态的颜色" }).click();
  await dialog(page).getByRole("article", { name: "同步状态的颜色" }).waitFor();
  await dialog(page).getByRole("button", { name: "全部帮助" }).click();
  await page.getByRole("heading", { name: "帮助", level: 1 }).waitFor();
});

for (const [where, options, title, heading] of [
  ["at the first use", { role: "empty" }, "刚开始用", "第一次使用"],
  ["before the passphrase", { options: { locked: true } }, "忘记口令", "输入口令"],
  ["where a person is chosen", { options: { profiles: [{ id: "p0", name: "王甲一", pin: "2468", hidden: [] }] } }, "几个人合用一台电脑", "谁在用"],
]) {
  test(`help opens ${where}, and all of it is there`, { skip }, async (t) => {
    const { page, close } = await open(browser, options);
    t.after(close);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    await page.keyboard.press("F1");
    await dialog(page).getByRole("article", { name: title }).waitFor();
    await dialog(page).getByRole("tab", { name: "全部帮助" }).click();
    await dialog(page).getByLabel("查帮助").fill("U盘");
    await dialog(page).getByRole("list", { name: "查帮助" }).getByRole("button").first().click();
    await dialog(page).getByRole("article").waitFor();
    await page.keyboard.press("Escape");
    await gone(page);
    await page.getByRole("heading", { name: heading, level: 1 }).click();
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("?");
    await dialog(page).getByText("到处一样").waitFor();
    await page.keyboard.press("Escape");
    await gone(page);
    await page.getByRole("button", { name: /^帮助/ }).click();
    await dialog(page).getByRole("article", { name: title }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });
}

test("help is found by a few words, by keyboard, without a call to anywhere", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/help" });
  t.after(close);
  const keys = keyboard(page);
  const outside = [];
  page.on("request", (request) => { if (!request.url().startsWith(mock.url)) outside.push(request.url()); });
  await page.getByLabel("查帮助").focus();
  await keys.type("忘记口令");
  await page.getByRole("status").filter({ hasText: /找到 \d+ 页/ }).waitFor();
  await keys.press("Tab");
  assert.match(await focusWords(page), /忘记口令/);
  await keys.press("Enter");
  await page.getByRole("article", { name: "忘记口令" }).waitFor();
  assert.deepEqual(outside, []);
});

test("F6 leads to the menu, and the skip link to the page", { skip }, async (t) => {
  const { page, close } = await open(browser, { path: "/members", width: 390, height: 844 });
  t.after(close);
  await settled(page);
  await page.keyboard.press("F6");
  await page.waitForFunction(() => document.activeElement?.closest("#nav") !== null);
  assert.match(await focusWords(page), /党员/);
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "main");
});

test("dark is chosen in the settings, follows the system, and paper stays white", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/settings" });
  t.after(close);
  const theme = (wanted) => page.waitForFunction((name) => document.documentElement.dataset.theme === name, wanted);
  await theme("light");
  await page.getByRole("radio", { name: "深色" }).focus();
  await page.keyboard.press("Space");
  await theme("dark");
  await becomes(() => called(mock, "settings.set").at(-1)?.theme, "dark");
  assert.deepEqual(await seriousFindings(page), []);
  const paper = () => page.evaluate(() => getComputedStyle(document.querySelector(".card")).backgroundColor);
  assert.notEqual(await paper(), "rgb(255, 255, 255)");
  await page.emulateMedia({ media: "print" });
  await page.waitForFunction(() => getComputedStyle(document.querySelector(".card")).backgroundColor === "rgb(255, 255, 255)");
  await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(0, 0, 0)");
  await page.emulateMedia({ media: "screen" });
  await theme("dark");
  await page.getByRole("radio", { name: "跟随系统" }).click();
  await theme("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await theme("dark");
});

test("whoever starts may look at the sample, and one press removes it", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { role: "empty" });
  t.after(close);
  await page.getByRole("button", { name: "先看示例" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
  for (const path of ["/", "/visits", "/dues", "/help", "/settings"]) {
    await go(path);
    await page.getByText("都是编的", { exact: false }).waitFor();
  }
  assert.equal(mock.state.calls.findLast((call) => call.name === "settings.get").office, "5a000001");
  await page.getByRole("button", { name: "建自己的账" }).waitFor();
  await page.getByRole("region", { name: "示例数据" }).getByRole("button", { name: "删除示例" }).click();
  await page.getByRole("heading", { name: "第一次使用" }).waitFor();
  await becomes(() => called(mock, "sample.remove").length, 1);
  await page.getByText("都是编的", { exact: false }).waitFor({ state: "detached" });
});

test("from the sample one begins the own books, which know nothing of it", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { role: "empty" });
  t.after(close);
  await page.getByRole("button", { name: "先看示例" }).click();
  await page.getByRole("button", { name: "建自己的账" }).click();
  await page.getByLabel("机构名称").fill("某街道甲村党支部");
  await page.getByRole("button", { name: "建账" }).click();
  await page.getByRole("heading", { name: "导入已有的表格" }).waitFor();
  assert.equal(mock.state.calls.findLast((call) => call.name === "office.init").office, null, "no office is named, least of all the sample");
});

/** Stands in for the system: what would have been shown, and what pressing it does. */
function standIn(permission) {
  return `globalThis.shown = []; globalThis.asked = 0;
    globalThis.Notification = class extends EventTarget {
      static permission = ${JSON.stringify(permission)};
      static requestPermission() { globalThis.asked += 1; this.permission = "granted"; return Promise.resolve("granted"); }
      constructor(title, options) { super(); globalThis.shown.push({ title, body: options.body, press: () => this.dispatchEvent(new Event("click")) }); }
      close() {}
    };`;
}
const reminder = { total: 3, kinds: [{ code: "dues", count: 1 }, { code: "items", count: 2 }] };

test("the day's summary is shown once, in counts, and pressing it leads to 今日", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/settings", options: { reminder }, init: { content: standIn("granted") } });
  t.after(close);
  await page.waitForFunction(() => globalThis.shown.length === 1);
  const [{ title, body }] = await page.evaluate(() => globalThis.shown.map(({ title: head, body: text }) => ({ title: head, body: text })));
  assert.deepEqual([title, body], ["一本账:有 3 件事到期", "党费 1 件、清单 2 件"]);
  await becomes(() => called(mock, "reminder.take").length, 1);
  const [{ minute }] = called(mock, "reminder.take");
  assert.ok(Number.isInteger(minute) && minute >= 0 && minute < 1440);
  await page.evaluate(() => globalThis.shown[0].press());
  await page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
});

test("permission is asked by the button alone, and without it no day is used up", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/settings", options: { reminder }, init: { content: standIn("default") } });
  t.after(close);
  const allow = page.getByRole("button", { name: "允许这个浏览器显示提醒" });
  await allow.waitFor();
  assert.equal(await page.evaluate(() => globalThis.asked), 0);
  assert.equal(called(mock, "reminder.take").length, 0);
  await allow.click();
  await page.getByText("会显示系统提醒。").waitFor();
  await becomes(() => page.evaluate(() => globalThis.asked), 1);
  await page.getByLabel("从几点起").fill("25:00");
  await page.getByRole("form", { name: "到期提醒" }).getByRole("button", { name: "保存" }).click();
  await page.locator(".field .error").waitFor();
  await page.getByLabel("从几点起").fill("20:15");
  await page.getByRole("form", { name: "到期提醒" }).getByRole("button", { name: "保存" }).click();
  await page.getByText("已保存").waitFor();
  await becomes(() => mock.state.settings.reminderAt, "20:15");
  await page.getByRole("radio", { name: "不提醒" }).click();
  await page.getByLabel("从几点起").waitFor({ state: "detached" });
  await becomes(() => mock.state.settings.reminderOff, true);
});

test("the first steps are ticked by what is there, and go when nobody wants them", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { options: { bare: true, members: 0 } });
  t.after(close);
  const guide = page.getByRole("region", { name: "开头四步" });
  await guide.waitFor();
  await guide.getByRole("link", { name: "去办 打印恢复码" }).waitFor();
  assert.equal(await guide.getByText("已办").count(), 1, "only the name");
  await guide.getByRole("button", { name: "不再显示" }).click();
  await guide.waitFor({ state: "detached" });
  await becomes(() => mock.state.settings.guideDone, true);
});

test("what is typed into a dialog of members waits under 今日 and goes on there", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/members?tab=term" });
  t.after(close);
  await page.getByRole("button", { name: "记一笔" }).first().click();
  await dialog(page).getByLabel("用途").fill("订党报");
  await becomes(() => dialog(page).getByLabel("用途").inputValue(), "订党报");
  await page.keyboard.press("Escape");
  await gone(page);
  await go("/");
  await page.getByText("活动经费", { exact: false }).waitFor();
  await becomes(() => mock.state.drafts.find((one) => one.form === "fund")?.value.title, "订党报");
  await page.getByRole("button", { name: "接着写" }).click();
  await dialog(page).getByText("接着上次没写完的内容。").waitFor();
  await becomes(() => dialog(page).getByLabel("用途").inputValue(), "订党报");
  await dialog(page).getByRole("button", { name: "清空重写" }).click();
  await page.waitForFunction(() => [...document.querySelectorAll("[role=dialog] input")].every((one) => one.value !== "订党报"));
});

test("待我决定 is one page, and the old address leads there", { skip }, async (t) => {
  const { page, close } = await open(browser, { role: "committee", path: "/cases" });
  t.after(close);
  await page.waitForFunction(() => location.hash === "#/decide");
  for (const kind of ["提交的月份", "发展", "转接", "等你决定的加入"]) await page.getByRole("region", { name: kind, exact: false }).first().waitFor();
  assert.equal(await page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name: "待我决定" }).count(), 1);
  assert.ok((await overflow(page)) <= 0);
});
