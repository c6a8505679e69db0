// 列席, a roll remade for another kind of session, and what only one of two sessions has.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, open, realUrl, seriousFindings } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

test("4 leads to 列席: an outsider and a member who is not due are added, one who is due is not", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { path: "/roll?id=f0000" });
  t.after(close);
  const keys = keyboard(page);
  const session = mock.state.sessions.find((one) => one.id === "f0000");
  const due = session.roll[0];
  const other = mock.state.members.find((one) => one.posts.length === 0 && !session.roll.some((person) => person.name === one.name));
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-member"));
  await keys.press("4");
  await page.waitForFunction(() => document.activeElement?.closest("[data-beside]"));
  await keys.type(due.name);
  await keys.press("Enter");
  await page.getByText(`${due.name}应到,请在上面的名单里点名。`).waitFor();
  await page.getByLabel("加列席:姓名").fill("驻村干部");
  await keys.press("Enter");
  await page.getByRole("button", { name: "去掉列席:驻村干部" }).waitFor();
  await page.getByLabel("加列席:姓名").fill(other.name);
  await keys.press("Enter");
  await page.getByRole("button", { name: `去掉列席:${other.name}` }).waitFor();
  await page.getByText("列席2", { exact: true }).waitFor();
  await becomes(() => session.beside, ["驻村干部"]);
  await becomes(() => session.roll.find((person) => person.member === other.id)?.mark, "non_voting");
  assert.equal(due.mark, "present", "who is due keeps the mark");
  await page.getByRole("button", { name: "去掉列席:驻村干部" }).click();
  await page.getByText("列席1", { exact: true }).waitFor();
  assert.deepEqual(faults, []);
});

test("a session saved as another kind says that its roll is not its own, and is remade on request with its marks", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { path: "/meeting?id=f0000" });
  t.after(close);
  const session = mock.state.sessions.find((one) => one.id === "f0000");
  const dueThen = session.roll.length;
  await page.getByRole("button", { name: "支部党员大会" }).click();
  await page.getByRole("button", { name: "支委会" }).click();
  await page.getByText("保存时按当日名册重排点名名单", { exact: false }).waitFor();
  await page.getByRole("button", { name: /保存并点名/ }).click();
  await page.getByText("名单不是这次会议的,先重排").waitFor();
  assert.equal(session.roll.length, dueThen, "nothing changes by itself");
  await page.getByRole("button", { name: "按当日名册重排" }).click();
  await page.getByText(/^进名单\(\d+\)/).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "按当日名册重排" }).click();
  await page.getByText("名单已按当日名册重排").waitFor();
  await page.getByText("名单不是这次会议的,先重排").waitFor({ state: "detached" });
  await page.getByText("应到50").waitFor();
  await page.getByText(`实到${dueThen}`).waitFor();
  assert.deepEqual(faults, []);
});

test("before two sessions are merged it is shown what only the other has, and taken over", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { path: "/meetings", options: { twice: true } });
  t.after(close);
  const kept = mock.state.sessions.find((one) => one.id === "f0009");
  await page.getByRole("heading", { name: "可能是同一次会议" }).waitFor();
  await page.getByRole("button", { name: /^留这一条:.*李乙二$/ }).click();
  await page.getByText(/^只在另一条里有:/).waitFor();
  await page.getByRole("button", { name: "带过来并合并" }).click();
  await page.getByText("已合并").waitFor();
  await becomes(() => [kept.minutes !== "", kept.roll.every((person) => person.mark === "present")], [true, true]);

  // Taken back, it is shown what goes back with it, and what stays.
  await page.evaluate(() => { location.hash = "/meeting?id=f0000"; });
  await page.getByRole("button", { name: "撤销合并" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("合并时带过去的内容", { exact: false }).waitFor();
  await dialog.getByText("后来改过,不动", { exact: true }).waitFor();
  await dialog.getByText("出勤:8人的退回").waitFor();
  await dialog.getByText("表决退回这次会议").waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/unmerge.png` });
  await dialog.getByRole("button", { name: "撤销合并" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("已撤销合并").waitFor();
  await becomes(() => kept.minutes, "");
  await becomes(() => mock.state.calls.find((call) => call.name === "meeting.unmerge").input, { id: "f0000", seen: "u1" });
  assert.deepEqual(faults, []);
});

test("the year to come can be chosen before it begins, and 年度结转 leads into it", { skip }, async (t) => {
  const { page, faults, close } = await open(browser, { path: "/year?id=2026" });
  t.after(close);
  const year = page.getByRole("banner").getByLabel("年度");
  await page.getByRole("link", { name: "安排新年度计划" }).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll("header select option")].some((one) => one.value === "2027"));
  assert.equal(await year.inputValue(), "2026", "a later year that can be chosen is not the usual one");
  await page.getByRole("link", { name: "安排新年度计划" }).click();
  await page.waitForFunction(() => location.hash.startsWith("#/meeting-plan") && [...document.querySelectorAll("header select")].some((one) => one.value === "2027"));
  assert.deepEqual(faults, []);
});
