// An evening, an answer from above and what stays in the village, by keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, open, overflow, realUrl, seriousFindings } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = { skip: realUrl !== null };
const focused = (page, name) => page.waitForFunction((label) => document.activeElement?.labels?.[0]?.textContent?.startsWith(label), name);

test("after a round table come the visits of its evening, each kept with it", skip, async () => {
  const { page, mock, faults, close } = await open(browser, { path: "/visit?tab=round_table" });
  const keys = keyboard(page);
  await focused(page, "日期");
  await keys.tabTo(/^户/);
  await keys.type("公共");
  await page.getByRole("option", { name: "公共场所" }).waitFor();
  await keys.press("ArrowDown", "Enter");
  await keys.tabTo(/无/);
  await keys.press("Space");
  await keys.press("Control+Enter");
  await page.getByText(/接着记下一户/).waitFor();
  await focused(page, "户");
  await becomes(() => page.getByRole("radio", { name: "入户" }).isChecked(), true, "the next one is a household's");
  await keys.type("zhou");
  await page.getByRole("option", { name: /^周/ }).first().waitFor();
  await keys.press("Enter");
  await keys.tabTo(/无/);
  await keys.press("Space", "Enter");
  const table = mock.state.calls.find((call) => call.name === "visit.save");
  await page.getByRole("heading", { name: "当晚入户" }).waitFor();
  const visit = mock.state.calls.filter((call) => call.name === "visit.save")[1];
  assert.equal(table.input.kind, "round_table");
  assert.equal(visit.input.table, mock.state.visits.find((one) => one.kind === "round_table" && one.table === null && one.date === "2026-03-18").id);
  await becomes(() => page.getByRole("region", { name: "当晚入户" }).getByRole("listitem").count(), 1);

  // One more concern of the table itself, in a dialog.
  await page.getByRole("button", { name: "再记一条诉求" }).focus();
  await keys.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("类别").selectOption("roads");
  await dialog.getByLabel("上报内容").fill("村口路灯坏了");
  await dialog.getByLabel("下一步").fill("报街道");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("这一项必须填写").first().waitFor();
  await dialog.getByLabel("谁").fill("李乙二");
  await dialog.getByLabel("哪天").fill("3.31");
  await dialog.getByLabel("归口单位").fill("供电所");
  await dialog.getByRole("button", { name: "保存" }).press("Enter");
  await page.getByRole("link", { name: "村口路灯坏了" }).waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(faults, []);
  await close();
});

test("the committee answers a concern, and the branch tells it and closes", skip, async () => {
  const above = await open(browser, { role: "committee", path: "/concerns" });
  const keys = keyboard(above.page);
  await above.page.getByRole("button", { name: "三组路口夜里没有路灯" }).focus();
  await keys.press("Enter");
  await focused(above.page, "答复");
  await above.page.getByRole("dialog").getByLabel("答复内容").focus();
  await keys.type("下月装灯");
  await keys.tabTo(/^承办单位/);
  await keys.type("供电所");
  await keys.tabTo(/^答复$/);
  await keys.press("Enter");
  await above.page.getByText("已答复,送到村里").waitFor();
  await becomes(() => above.mock.state.calls.findLast((call) => call.name === "answer.save").input, { id: above.mock.state.below[0].id, text: "下月装灯", state: "answered", unit: "供电所", on: "", keepMatches: false });
  assert.deepEqual(await seriousFindings(above.page), []);
  assert.deepEqual(above.faults, []);
  await above.close();

  const { page, mock, faults, go, close } = await open(browser);
  const concern = mock.state.concerns[0];
  Object.assign(concern, { state: "answered", answers: [{ id: "af1", on: "2026-03-17", text: "下月装灯", state: "answered", unit: "供电所", officeName: "某街道党工委" }] });
  await go(`/visits?tab=concerns&id=${concern.id}`);
  const dialog = page.getByRole("dialog");
  await dialog.getByText("下月装灯").waitFor();
  await dialog.getByLabel("怎样告诉的").press("End");
  await keyboard(page).type(",当面说的");
  await keyboard(page).tabTo(/反馈并办结/);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await becomes(() => mock.state.calls.findLast((call) => call.name === "concern.tell").input.note, "已向反映人反馈,当面说的");
  // A closed one is opened again with a reason, somebody and a day.
  await page.getByRole("button", { name: concern.text }).press("Enter");
  await page.getByRole("button", { name: "重新办理" }).press("Enter");
  await page.getByLabel("为什么重新办理").fill("又坏了");
  await page.getByLabel("哪天").fill("");
  await page.getByRole("button", { name: "保存" }).press("Enter");
  await page.getByText("这一项必须填写").waitFor();
  await page.getByLabel("哪天").fill("4.5");
  await page.getByRole("button", { name: "保存" }).press("Enter");
  await page.getByLabel("办了什么").waitFor();
  assert.equal(concern.state, "in_progress");
  assert.deepEqual(faults, []);
  await close();
});

test("a pairing, aid and a talk are recorded, and the household's page has them", skip, async () => {
  const { page, mock, faults, go, close } = await open(browser, { path: "/visits?tab=pairings" });
  const home = mock.state.households[4];
  await page.getByRole("button", { name: "结对", exact: true }).press("Enter");
  await page.getByRole("dialog").getByLabel(/^户/).fill(`${home.name} ${home.door}`);
  await page.getByText(`已选 ${home.name}`).waitFor();
  await page.getByLabel("结对干部").fill("王甲一");
  await page.getByRole("button", { name: "保存" }).press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await becomes(() => mock.state.pairings.at(-1).household, home.id);
  assert.deepEqual(await seriousFindings(page), []);

  await go("/visits?tab=consolation");
  await page.getByRole("button", { name: "记求助" }).press("Enter");
  await page.getByLabel("是谁").fill(`${home.name} ${home.door}`);
  await page.getByText(`已选 ${home.name}`).waitFor();
  await page.getByLabel("申请事由").fill("住院");
  await page.getByRole("radio", { name: "给予", exact: true }).press("Space");
  await page.getByRole("button", { name: "保存" }).press("Enter");
  await page.getByText("请写金额,最多两位小数").waitFor();
  await page.getByLabel("救助金额(元)").fill("1,500");
  await page.getByRole("dialog").getByLabel(/^决定/).fill("支委会同意");
  await page.getByRole("button", { name: "保存" }).press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await becomes(() => mock.state.aids.at(-1).grantedFen, 150000);
  assert.deepEqual(await seriousFindings(page), []);

  await go("/visits?tab=talks");
  await page.getByRole("button", { name: /^去谈/ }).press("Enter");
  await page.getByRole("dialog").getByLabel(/^内容/).fill("谈了职责");
  await page.getByRole("button", { name: "保存" }).press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await becomes(() => mock.state.talks.at(-1).trigger, "new_post");
  await becomes(() => page.getByRole("button", { name: /^去谈/ }).count(), 0, "who was talked to is on the list no more");
  assert.deepEqual(await seriousFindings(page), []);

  await go(`/household?id=${home.id}`);
  await page.getByText("结对:王甲一").waitFor();
  await page.getByText("住院").waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(faults, []);
  await close();
});

for (const [role, path] of [["branch", "/visits"], ["branch", "/visits?tab=consolation"], ["branch", "/visits?tab=pairings"], ["branch", "/visits?tab=talks"], ["branch", "/visit?id=ee0000"], ["branch", "/household?id=cd0000"], ["committee", "/concerns"]]) {
  test(`${path} fits 360 pixels`, skip, async () => {
    const { page, faults, close } = await open(browser, { role, path, width: 360, height: 740 });
    await page.waitForFunction(() => !/正在打开/.test(document.body.textContent ?? ""));
    assert.ok(await overflow(page) <= 0, `${path} is wider than the window by ${await overflow(page)}`);
    assert.deepEqual(faults, []);
    await close();
  });
}
