// 约谈, 共性问题, 薄弱支部, 三个清单, 项目, 6+X, each performed through its screens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, open, overflow, realUrl, seriousFindings } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const called = (mock, name) => mock.state.calls.filter((call) => call.name === name).map((call) => call.input);
const card = (page, name) => page.getByRole("article", { name });

test("a month's round: units are put in, one is held and its findings become a list with two months", { skip }, async (t) => {
  const { page, mock, faults, go, close } = await open(browser, { role: "committee", path: "/interviews" });
  t.after(close);
  const keys = keyboard(page);
  await page.getByRole("heading", { name: "2026年3月这一轮" }).waitFor();
  await page.getByText("这一轮只有 2 个单位,规定至少 3 个", { exact: false }).waitFor();
  await page.getByText("1月、2月没有约谈过").waitFor();
  await card(page, "甲村党支部").getByText("提问 30 分钟,规定 40 分钟", { exact: false }).waitFor();
  // Put a third unit in, by keyboard.
  await page.getByRole("button", { name: "列入单位" }).focus();
  await keys.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "列入单位" }).click();
  await dialog.getByText("请勾选单位。").waitFor();
  assert.equal(called(mock, "interview.plan").length, 0);
  await dialog.getByLabel("约谈日", { exact: false }).first().fill("2026-03-27");
  await dialog.getByLabel("丙村党支部").check();
  await dialog.getByText("这一轮共3个单位(规定3到4个)").waitFor();
  await dialog.getByRole("button", { name: "列入单位" }).click();
  await dialog.waitFor({ state: "detached" });
  await card(page, "丙村党支部").waitFor();
  await page.getByText("这一轮只有 2 个单位", { exact: false }).waitFor({ state: "detached" });
  const [plan] = called(mock, "interview.plan");
  assert.deepEqual([plan.month, plan.on, plan.notify, plan.units.length], ["2026-03", "2026-03-27", true, 1]);
  // Hold one, point something out, send the list after a look at what leaves.
  await card(page, "乙村党支部").getByRole("link", { name: "约谈 乙村党支部" }).click();
  await becomes(() => dialog.getByLabel("汇报(分钟)").inputValue(), "20", "as the rule says, until somebody says otherwise");
  await becomes(() => dialog.getByLabel("提问(分钟)").inputValue(), "40");
  await dialog.getByLabel("约谈人").fill("陈书记");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await go("/interviews");
  await card(page, "乙村党支部").getByText("汇报20分钟,提问40分钟", { exact: false }).waitFor();
  await card(page, "甲村党支部").getByRole("button", { name: "下发整改清单 甲村党支部" }).click();
  await dialog.getByText("将离开本机关,送到甲村党支部", { exact: false }).waitFor();
  await dialog.getByRole("button", { name: "下发 2 条" }).click();
  await card(page, "甲村党支部").getByText("整改清单 2 条", { exact: false }).waitFor();
  await page.getByRole("tab", { name: "两个月时限" }).click();
  await page.getByRole("link", { name: "三会一课记录不全" }).waitFor();
  await page.getByText("从2026年3月5日起算", { exact: false }).first().waitFor();
  assert.deepEqual(faults, []);
});

test("common problems: chosen ones are put together, become the year's task of all, and are taken back", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { role: "committee", path: "/common" });
  t.after(close);
  const shown = page.getByRole("region", { name: "各单位的问题" });
  await shown.getByText("共 12 条", { exact: false }).waitFor();
  await shown.getByLabel("查内容").fill("第1类");
  await shown.getByText("共 4 条", { exact: false }).waitFor();
  for (const n of [1, 4, 7, 10]) await shown.getByRole("checkbox", { name: new RegExp(`第1类问题,第${n}处$`) }).check();
  await shown.getByRole("button", { name: "归到一起(4)" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("不改各单位的账", { exact: false }).waitFor();
  await dialog.getByLabel("共性问题叫什么").fill("组织生活不规范");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.waitFor({ state: "detached" });
  const group = page.getByRole("listitem").filter({ hasText: "组织生活不规范" }).first();
  await group.getByText("4 个问题,2 个单位", { exact: false }).waitFor();
  await page.getByRole("button", { name: /转为全年任务 组织生活不规范/ }).click();
  await dialog.getByText("哪家报的不送出", { exact: false }).waitFor();
  await dialog.getByRole("button", { name: /^下发 \d+ 条$/ }).click();
  await group.getByText(/2026年任务:已下发 \d+ 家,已完成 0 家/).waitFor();
  await becomes(() => called(mock, "common.tasks").map((call) => [call.year, call.to, call.groups.length]), [[2026, [], 1]]);
  await page.getByRole("button", { name: /撤销归类 组织生活不规范/ }).click();
  await dialog.getByText("已经下发的任务还在各单位", { exact: false }).waitFor();
  await dialog.getByRole("button", { name: "撤销归类" }).click();
  await page.getByText("还没有归出共性问题", { exact: false }).waitFor();
  assert.deepEqual(faults, []);
});

test("weak branches: how many the rule says is a count alone, and people are settled by a step", { skip }, async (t) => {
  const { page, mock, faults, go, close } = await open(browser, { role: "committee", path: "/weak" });
  t.after(close);
  await page.getByText("下面共 17 个组织,按 10% 是 2 个;今年列了 1 个。", { exact: false }).waitFor();
  await page.getByText("这里不排名次", { exact: false }).waitFor();
  await card(page, "甲村党支部").getByRole("link", { name: "定人定方案 甲村党支部" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("第一书记").fill("林小军");
  await dialog.getByLabel("结对帮扶").fill("区水利局");
  await dialog.getByLabel("整顿方案").fill("补选班子,恢复组织生活");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await go("/weak");
  for (const word of ["林小军", "区水利局", "补选班子,恢复组织生活"]) await card(page, "甲村党支部").getByText(word).waitFor();
  await page.getByRole("button", { name: "列入整顿" }).click();
  await dialog.getByLabel("列入的理由").fill("阵地不达标");
  await dialog.getByLabel("丙村党支部").check();
  await dialog.getByRole("button", { name: "列入整顿" }).click();
  await card(page, "丙村党支部").getByText("阵地不达标").waitFor();
  await becomes(() => called(mock, "weak.add").map((call) => [call.why, call.offices.length]), [["阵地不达标", 1]]);
  assert.deepEqual(faults, []);
});

test("a list of lines goes to several units; a fault stands at its line and nothing typed is lost", { skip }, async (t) => {
  const { page, mock, faults, go, close } = await open(browser, { role: "committee", path: "/lists?tab=new" });
  t.after(close);
  await page.getByLabel("清单名称").fill("月度项目清单");
  const line = (n) => page.getByRole("group", { name: `第 ${n} 条` });
  await line(1).getByLabel("事项").fill("修渠");
  await line(1).getByLabel("完成时限").fill("改天");
  await page.getByRole("button", { name: "加一条" }).click();
  await line(2).getByLabel("事项").fill("清理河道");
  await line(2).getByLabel("责任人").fill("李乙二");
  await line(2).getByLabel("完成时限").fill("2026-03-28");
  await page.getByLabel("甲村党支部").check();
  await page.getByLabel("乙村党支部").check();
  await page.getByRole("button", { name: "下发 2 条给 2 个单位" }).click();
  await line(1).getByRole("alert").waitFor();
  await becomes(() => line(2).getByLabel("责任人").inputValue(), "李乙二");
  await becomes(() => called(mock, "draft.save").at(-1)?.value?.lines?.length, 2);
  await line(1).getByLabel("完成时限").fill("2026-03-25");
  await page.getByRole("button", { name: "下发 2 条给 2 个单位" }).click();
  const list = page.getByRole("listitem").filter({ hasText: "月度项目清单" });
  await list.getByText("每家最多 2 条 · 2 个单位 · 共 4 条").waitFor();
  await page.getByRole("button", { name: /看条目 .*月度项目清单/ }).click();
  await page.getByRole("region", { name: "条目" }).getByRole("link", { name: "清理河道" }).first().waitFor();
  await go("/lists?tab=new");
  await becomes(() => page.getByLabel("清单名称").inputValue(), "", "what was sent is no draft");
  assert.deepEqual(faults, []);
});

test("a name in what is sent down is told at its field, and is changed there or kept and logged", { skip }, async (t) => {
  const { page, mock, faults, go, close } = await open(browser, { role: "committee", path: "/lists?tab=new" });
  t.after(close);
  await page.getByLabel("清单名称").fill("服务清单");
  const line = page.getByRole("group", { name: "第 1 条" });
  await line.getByLabel("事项").fill("通水");
  await line.getByLabel("措施、要求").fill("周大山家接水管");
  await line.getByLabel("完成时限").fill("2026-03-28");
  await page.getByLabel("乙村党支部").check();
  await page.keyboard.press("Control+Enter");
  await line.getByRole("button", { name: "改为“该户”" }).click();
  await becomes(() => line.getByLabel("措施、要求").inputValue(), "该户家接水管");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("listitem").filter({ hasText: "服务清单" }).waitFor();
  await becomes(() => called(mock, "listed.send").map((call) => [call.lines[0].measure, call.keepMatches]), [["周大山家接水管", false], ["该户家接水管", false]]);
  await go("/weak");
  await page.getByRole("button", { name: "列入整顿" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("列入的理由").fill("周大山反映没人管事");
  await dialog.getByLabel("丙村党支部").check();
  await dialog.getByRole("button", { name: "列入整顿" }).click();
  await dialog.getByRole("button", { name: "确认保留并留痕" }).click();
  await dialog.waitFor({ state: "detached" });
  await becomes(() => called(mock, "weak.add").map((call) => call.keepMatches), [false, true]);
  assert.deepEqual(faults, []);
});

test("a project shows its quarters, and an exchange with its comment is recorded", { skip }, async (t) => {
  const { page, mock, faults, go, close } = await open(browser, { role: "committee", path: "/projects" });
  t.after(close);
  const project = card(page, "河道整治党建项目");
  await project.getByText("1季度 1 次").waitFor();
  await project.getByText("护坡要赶在汛前", { exact: false }).waitFor();
  await project.getByText("半年汇报:2026年7月15日", { exact: false }).waitFor();
  await project.getByRole("link", { name: "记季度交流 河道整治党建项目" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("说明", { exact: false }).first().fill("清淤做法值得推广");
  await dialog.getByLabel("点评人").fill("丙村党支部");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await becomes(() => called(mock, "flow.act").map((call) => [call.event, call.note, call.data.comment_by]), [["exchange", "清淤做法值得推广", "丙村党支部"]]);
  await go("/projects");
  await project.getByText("1季度 2 次").waitFor();
  assert.deepEqual(faults, []);
});

test("6+X at the street: the check stands with its rule, and letters are sent to those without", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { role: "committee", path: "/letters" });
  t.after(close);
  await page.getByText("共性清单 6 张,自选 1 到 2 张", { exact: false }).waitFor();
  const first = card(page, "甲村党支部");
  await first.getByText("自选清单 3 张,规定最多 2 张", { exact: false }).waitFor();
  await first.getByText("出处:6+X清单", { exact: false }).waitFor();
  await first.getByRole("link", { name: "签订 甲村党支部" }).waitFor();
  await first.getByRole("link", { name: "打印导出" }).waitFor();
  await page.getByRole("button", { name: "下发责任书" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("共性清单 1", { exact: false }).fill("班子建设");
  await dialog.getByRole("button", { name: /^下发给 \d+ 个单位$/ }).click();
  await card(page, "乙村党支部").getByText("班子建设", { exact: false }).waitFor();
  await becomes(() => called(mock, "letter.send").map((call) => [call.year, call.base.length, call.base[0]]), [[2026, 6, "班子建设"]]);
  assert.deepEqual(faults, []);
});

test("the unit's side: its interview, and the lists that it chooses", { skip }, async (t) => {
  const { page, mock, faults, go, close } = await open(browser, { path: "/checklists" });
  t.after(close);
  await page.getByRole("navigation", { name: "按种类看" }).getByRole("link", { name: "约谈" }).click();
  await page.getByRole("heading", { name: "2026年3月上级约谈" }).waitFor();
  await card(page, "党建约谈").getByText("三会一课记录不全").waitFor();
  assert.equal(await page.getByRole("button", { name: "列入单位" }).count(), 0, "it interviews nobody");
  await go("/letters");
  await card(page, "2026年6+X清单责任书").getByRole("link", { name: /^选清单/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("自选清单").fill("产业发展、人居环境");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await go("/letters");
  await page.getByText("符合:共性 6 张,自选 2 张").waitFor();
  await becomes(() => called(mock, "flow.act").map((call) => [call.event, call.data.chosen]), [["choose", "产业发展、人居环境"]]);
  assert.deepEqual(faults, []);
});

for (const path of ["/interviews", "/interviews?tab=calendar", "/common", "/weak", "/lists?tab=new", "/projects", "/letters"]) {
  test(`${path} has no serious findings and fits 360 px`, { skip }, async (t) => {
    const { page, close } = await open(browser, { role: "committee", path, width: 360, height: 800 });
    t.after(close);
    await page.waitForFunction(() => ![...document.querySelectorAll(".blank")].some((one) => /正在打开/.test(one.textContent ?? "")));
    assert.deepEqual(await seriousFindings(page), []);
    await becomes(async () => (await overflow(page)) <= 0, true);
  });
}
