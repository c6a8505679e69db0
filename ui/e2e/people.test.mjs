// Profiles, the lock, roles, custody and the local log.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, open, overflow, realUrl, seriousFindings } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

const profiles = [
  { id: "p1", name: "王甲一", pin: "2468", hidden: [] },
  { id: "p2", name: "李乙二", pin: "1357", hidden: ["dues", "organisation"] },
];

async function enter(page, name, pin) {
  await page.getByRole("radio", { name }).check();
  await page.getByLabel("PIN").fill(pin);
  await page.keyboard.press("Enter");
}

test("with profiles nothing is shown before a PIN, and a wrong one says how many tries are left", { skip }, async () => {
  const { page, mock, close } = await open(browser, { options: { profiles } });
  await page.getByRole("heading", { name: "谁在用" }).waitFor();
  await becomes(() => page.getByText("某街道甲村党支部").count(), 0);
  await enter(page, "王甲一", "1111");
  await page.getByText("PIN 不对,还可以试 4 次。").waitFor();
  await becomes(() => page.getByLabel("PIN").inputValue(), "", "a PIN does not stay on the screen");
  await enter(page, "王甲一", "2468");
  await page.getByRole("heading", { level: 1, name: "今日" }).waitFor();
  const chosen = mock.state.calls.findIndex((call) => call.name === "profile.choose");
  assert.ok(mock.state.calls.slice(0, chosen).every((call) => call.name === "profile.list"), "the locked screen asks for nothing else");
  // Who it is stands in the frame, and leads back.
  await page.getByRole("button", { name: "记录人 王甲一 · 现在锁定" }).click();
  await page.getByRole("heading", { name: "谁在用" }).waitFor();
  await close();
});

test("Ctrl+L takes everything away at once and asks who is there", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/visits", options: { profiles, seat: "p1" } });
  await page.getByRole("heading", { level: 1, name: "夜谈走访" }).waitFor();
  await page.getByText("李乙二").first().waitFor();
  await page.keyboard.press("Control+l");
  await page.getByRole("heading", { name: "谁在用" }).waitFor();
  const left = await page.locator("#root").textContent();
  assert.ok(!left.includes("夜谈走访") && !left.includes("某街道甲村党支部"), "nothing of the books is left in the page");
  const locked = mock.state.calls.findIndex((call) => call.name === "profile.lock");
  assert.ok(locked > 0);
  await enter(page, "王甲一", "2468");
  await page.getByRole("heading", { level: 1, name: "夜谈走访" }).waitFor();
  await close();
});

test("the screen locks when nothing is touched for the chosen time", { skip }, async () => {
  const { page, close } = await open(browser, { path: "/settings", options: { profiles, seat: "p1" }, init: () => { const real = globalThis.setTimeout; globalThis.setTimeout = (act, ms, ...rest) => real(act, ms === 300_000 ? 50 : ms, ...rest); } });
  await page.getByLabel("多久不动就锁").selectOption("5");
  await page.getByRole("heading", { name: "谁在用" }).waitFor();
  await close();
});

test("a profile that does not see dues has no way to them, and no way to other profiles", { skip }, async () => {
  const { page, go, close } = await open(browser, { options: { profiles, seat: "p2" } });
  await page.getByRole("link", { name: "三会一课" }).waitFor();
  await page.getByRole("link", { name: "党费", exact: true }).waitFor({ state: "detached" });
  await go("/settings");
  await page.getByRole("link", { name: "角色说明" }).waitFor();
  await becomes(() => page.getByRole("heading", { name: "使用者" }).count(), 0);
  await becomes(() => page.getByRole("link", { name: "本机日志" }).count(), 0);
  await close();
});

test("a first profile is made by keyboard, and the program asks for it from then on", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/settings" });
  const keys = keyboard(page);
  await page.getByRole("button", { name: "加一位使用者" }).focus();
  await keys.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill("王甲一");
  await dialog.getByLabel(/^PIN/).fill("24x68");
  await dialog.getByLabel("再输一次 PIN").fill("2469");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("两次输的不一样。").waitFor();
  await dialog.getByLabel("再输一次 PIN").fill("2468");
  await dialog.getByLabel("党费").check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByRole("heading", { name: "谁在用" }).waitFor();
  const { input } = mock.state.calls.find((call) => call.name === "profile.save");
  assert.deepEqual(input, { id: null, name: "王甲一", pin: "2468", hidden: ["dues"] });
  await close();
});

test("a clerk's computer is let read residents after a question", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/roles" });
  await page.getByRole("button", { name: "许可 李乙二" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("收回只能停用那台电脑").waitFor();
  await dialog.getByRole("button", { name: "许可" }).click();
  await page.getByText("已许可 李乙二").waitFor();
  await becomes(() => mock.state.calls.find((call) => call.name === "device.grant").input.device.slice(0, 4), "99aa");
  await close();
});

test("an invitation says whether the clerk may read residents", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/org" });
  await page.getByRole("button", { name: "邀请本单位的电脑" }).click();
  await page.getByLabel("可以看本单位的住户和谈话记录").check();
  await page.getByRole("button", { name: "生成邀请" }).click();
  await page.getByText("给 本单位的电脑 的邀请").waitFor();
  await becomes(() => mock.state.calls.find((call) => call.name === "invite.device").input, { role: "clerk", autoApprove: false, ownBooks: true });
  await close();
});

test("a street starts a village's books in custody and works in them at once", { skip }, async () => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/org" });
  await page.getByRole("button", { name: "代管一个村" }).click();
  await page.getByLabel("村名(党支部)").fill("示范二村党支部");
  await page.getByRole("button", { name: "开始代管" }).click();
  await page.getByText("代管 示范二村党支部:在这里记的每一条都标为代录。").waitFor();
  const { input } = mock.state.calls.find((call) => call.name === "office.init");
  assert.deepEqual([input.custody, input.superior, input.kind], [true, "c0000001", "branch"]);
  await page.getByLabel("机构").selectOption({ label: "某街道党工委" });
  await page.getByText("代管 示范二村党支部").waitFor({ state: "detached" });
  await close();
});

test("the log is checked against what a receipt elsewhere names", { skip }, async () => {
  const { page, close } = await open(browser, { path: "/log" });
  const part = page.getByRole("region", { name: "核对和导出" });
  await part.getByRole("button", { name: "核对", exact: true }).click();
  await part.getByText("日志完整,共 6 行。").waitFor();
  await part.getByLabel("别处签收单上的指纹(可不填)").fill("f".repeat(64));
  await part.getByRole("button", { name: "核对", exact: true }).click();
  await part.getByText("本机日志里没有").waitFor();
  await page.getByText("打开了私密内容").waitFor();
  await close();
});

test("a viewer is told on every screen that it changes nothing", { skip }, async () => {
  const { page, mock, go, close } = await open(browser, { path: "/visits" });
  mock.state.offices[0].role = "viewer";
  mock.state.touch("office");
  await page.getByText("本机只能看,不能改").waitFor();
  await page.getByRole("button", { name: /^记走访/ }).waitFor({ state: "detached" });
  await page.keyboard.press("F2");
  await becomes(() => page.getByRole("heading", { level: 1 }).textContent(), "夜谈走访");
  await go("/meetings");
  await page.getByText("本机只能看,不能改").waitFor();
  await close();
});

test("the new screens are sound and fit", { skip }, async () => {
  for (const width of [1280, 390]) {
    for (const [path, options] of [["/", { profiles }], ["/settings", { profiles, seat: "p1" }], ["/log", {}], ["/roles", {}]]) {
      const { page, faults, close } = await open(browser, { path, width, options });
      assert.deepEqual(await seriousFindings(page), [], `${path} ${width}`);
      assert.ok((await overflow(page)) <= 0, `${path} ${width}`);
      assert.deepEqual(faults, []);
      await close();
    }
  }
});
