// The street's overview: matrix of three hundred branches, merged ledgers, what was sent down, the calendar and the charts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, focusWords, keyboard, launch, matches, open, overflow, realUrl, seriousFindings } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const called = (mock, name) => mock.state.calls.filter((call) => call.name === name).map((call) => call.input);
const clipboard = () => { globalThis.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: (text) => { globalThis.copied.push(text); return Promise.resolve(); } } }); };
const copied = (page) => page.evaluate(() => globalThis.copied);

test("three hundred branches by twelve months are walked by keyboard, filtered, reminded and opened", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { role: "committee", path: "/matrix", options: { units: 300 }, init: clipboard });
  t.after(close);
  await page.locator('[data-cell="299-12"]').waitFor({ state: "attached" });
  await page.locator('[data-cell="0-3"]').focus();
  const keys = keyboard(page);
  await keys.press("PageDown", "ArrowLeft", "ArrowDown");
  await matches(() => focusWords(page), /^第12村党支部 2月/);
  await keys.press("End");
  await matches(() => focusWords(page), /^第12村党支部 12月/);
  await keys.press("Home", "Enter");
  await page.getByRole("heading", { name: "合并台账", level: 1 }).waitFor();
  await becomes(() => called(mock, "merged.list").at(-1)?.office, "b00011");
  await becomes(() => called(mock, "merged.list").at(-1)?.month, 1);
  await page.goBack();
  await page.getByRole("checkbox", { name: "只看要催的" }).check();
  await page.waitForFunction(() => document.querySelectorAll(".matrix tbody tr").length < 300);
  const names = await page.locator(".matrix tbody th").allTextContents();
  const numbers = names.map((name) => Number(/第(\d+)村/.exec(name)?.[1] ?? 0)).filter((n) => n > 0);
  assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b), "in tree order");
  await page.getByRole("button", { name: "复制催办文字 丙村党支部" }).click();
  await page.getByRole("dialog").getByText("丙村党支部：您好", { exact: false }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "复制", exact: true }).click();
  await becomes(async () => (await copied(page)).length, 1);
  assert.match((await copied(page))[0], /依据：.*一起想办法/);
  assert.equal(called(mock, "desk.urge")[0].office, "b0002");
  assert.deepEqual(faults, []);
});

test("a ledger is grouped, a group opened, a record looked at, and all of it exported", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/merged?ledger=concerns" });
  t.after(close);
  await page.getByLabel("分组").selectOption({ label: "按单位" });
  const table = page.locator(".merged-table");
  await table.getByRole("row", { name: /戊村党支部/ }).getByText("未加入").waitFor();
  await table.getByRole("row", { name: /丙村党支部/ }).getByText("未同步").waitFor();
  const names = await table.locator("tbody th").allTextContents();
  assert.deepEqual(names, ["甲村党支部", "乙村党支部", "丙村党支部", "丁社区党支部", "戊村党支部", "合计"], "tree order, the absent ones too");
  await page.getByText("缺席单位 3 家").click();
  await page.getByText("未提交(2月)").waitFor();
  await page.getByLabel("分组").selectOption({ label: "按类别" });
  await table.getByRole("button", { name: "看 道路交通" }).click();
  await page.getByText("三组路口夜里没有路灯").first().waitFor();
  await becomes(() => called(mock, "merged.list").at(-1)?.kind, "roads");
  await page.getByLabel("状态").selectOption({ label: "已上报" });
  await becomes(() => called(mock, "merged.list").at(-1)?.state, "handed_in");
  await page.getByRole("button", { name: "三组路口夜里没有路灯" }).first().click();
  await page.getByRole("dialog").getByText("签名证明是哪台电脑写的").waitFor();
  await page.getByRole("dialog").getByRole("link", { name: "去答复" }).waitFor();
  await page.getByRole("dialog").locator(".ant-btn-primary").click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出 Excel" }).click();
  assert.equal((await download).suggestedFilename(), "合并台账-concerns.xlsx");
  assert.deepEqual([called(mock, "merged.export")[0].kind, called(mock, "merged.export")[0].state], ["roads", "handed_in"]);
});

test("an item goes to a saved group, is followed addressee by addressee, and who is silent is asked politely", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/dispatch?tab=groups", init: clipboard });
  t.after(close);
  await page.getByRole("button", { name: "新建分组" }).click();
  await page.getByRole("dialog").getByLabel("分组名称").fill("山上三村");
  await page.getByRole("dialog").getByRole("checkbox", { name: "丁社区党支部" }).check();
  await page.getByRole("dialog").getByRole("checkbox", { name: "甲村党支部" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByText("2 家:甲村党支部、丁社区党支部").waitFor();
  assert.deepEqual(called(mock, "dispatch.group_save")[0].units, ["b0000", "b0003"], "in tree order");
  await page.getByRole("tab", { name: "交办", exact: true }).click();
  await page.getByLabel("按分组选").selectOption({ label: "山上三村 (2)" });
  await page.getByLabel("事项").fill("报送应急名单");
  await page.getByLabel("时限").fill("4.20");
  await page.getByRole("button", { name: "交办给 2 家" }).click();
  await page.getByRole("heading", { name: "报送应急名单" }).waitFor();
  assert.deepEqual(called(mock, "dispatch.send")[0].to, ["b0000", "b0003"]);
  await page.getByRole("link", { name: "回到已交办的" }).click();
  await page.getByText("签收 1 · 进行中 0 · 等验收 1 · 通过 0 · 退回 0").waitFor();
  await page.getByRole("link", { name: "去看 防汛检查" }).or(page.getByRole("link", { name: "防汛检查" })).click();
  const table = page.getByRole("table", { name: "各家的进展" });
  await table.getByRole("row", { name: /丙村党支部/ }).getByText("未同步,不知道有没有看到").waitFor();
  await table.getByRole("button", { name: "复制催办文字 乙村党支部" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "复制", exact: true }).click();
  await becomes(async () => (await copied(page)).length, 1);
  assert.match((await copied(page))[0], /^乙村党支部：您好！.*“防汛检查”/);
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).last().click();
  await table.getByRole("button", { name: "办理 甲村党支部" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "验收通过" }).click();
  await table.getByRole("row", { name: /甲村党支部/ }).getByText("验收通过").waitFor();
  await becomes(() => called(mock, "dispatch.decide")[0]?.accept, true);
});

test("the calendar is walked by keyboard and says what follows, what helps and by which rule", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { role: "committee", path: "/calendar" });
  t.after(close);
  await page.locator('[data-day="2026-03-18"]').waitFor();
  await page.getByText("三组路灯不亮").first().waitFor();
  await page.locator('[data-day="2026-03-18"]').focus();
  const keys = keyboard(page);
  await keys.press("ArrowDown");
  await matches(() => focusWords(page), /^2026年3月25日.*3 件/);
  const day = page.getByRole("region", { name: "2026年3月25日" });
  await day.getByText("先签收，再记进展", { exact: false }).waitFor();
  await day.getByText("过了时限还没报完成的", { exact: false }).waitFor();
  await day.getByText("上级交办时定的时限").waitFor();
  await day.getByText("丙村党支部(未同步,不知道)", { exact: false }).waitFor();
  await keys.press("PageDown");
  await matches(() => focusWords(page), /^2026年4月25日/);
  await becomes(() => called(mock, "desk.calendar").at(-1)?.from, "2026-04-01");
  await page.getByRole("button", { name: "这个月" }).click();
  await page.getByRole("radio", { name: "列表" }).check();
  await page.getByRole("region", { name: "以前到期、还没办的" }).getByText("冬季防火").waitFor();
  await page.getByRole("region", { name: "2026年3月" }).getByText("《中国共产党支部工作条例", { exact: false }).waitFor();
  await page.getByLabel("单位").selectOption({ label: "乙村党支部" });
  await becomes(() => called(mock, "desk.calendar").at(-1)?.office, "b0001");
  await page.getByLabel("种类").selectOption({ label: "交办" });
  await becomes(() => called(mock, "desk.calendar").at(-1)?.kinds, ["dispatched"]);
  assert.deepEqual(faults, []);
});

test("on a phone what was sent is a line for each unit, with where it stands in one piece", { skip }, async (t) => {
  const { page, close } = await open(browser, { role: "committee", path: "/dispatch?tab=sent&id=ba0000", width: 390, height: 844 });
  t.after(close);
  const first = page.getByRole("list", { name: "各家的进展" }).getByRole("listitem").first();
  await first.locator(".mark").first().waitFor();
  await becomes(async () => (await first.locator(".mark").first().boundingBox()).height < 60, true);
  await becomes(() => page.getByRole("table").count(), 0);
});

test("a branch finds the calendar from 今日, with a way to each thing", { skip }, async (t) => {
  const { page, close } = await open(browser, { path: "/" });
  t.after(close);
  await page.getByRole("link", { name: "日历" }).first().click();
  await page.getByRole("radio", { name: "列表" }).check();
  await page.getByRole("link", { name: /^去办 组织生活 · 支部党员大会/ }).click();
  await page.waitForFunction(() => location.hash.startsWith("#/meeting?tab=members_meeting"));
});

test("the names above a chart stand over nothing else on a phone", { skip }, async (t) => {
  const { page, close } = await open(browser, { role: "committee", path: "/charts", width: 390, height: 844 });
  t.after(close);
  const place = (words) => page.locator(".chart").first().getByText(words, { exact: true }).boundingBox();
  await page.locator(".chart").first().getByText("单位数", { exact: true }).waitFor();
  await becomes(async () => {
    const last = await place("未同步");
    return last.y + last.height <= (await place("单位数")).y;
  }, true);
});

test("each chart opens its numbers, and is told apart without colour", { skip }, async (t) => {
  const { page, mock, faults, close } = await open(browser, { role: "committee", path: "/charts" });
  t.after(close);
  await page.locator(".chart svg").nth(2).waitFor();
  assert.equal(await page.locator(".chart svg").count(), 3);
  await page.waitForFunction(() => document.querySelectorAll(".chart")[0]?.querySelectorAll("pattern").length > 1);
  const card = page.getByRole("region", { name: "诉求办结率和满意率" });
  await card.getByRole("button", { name: "看数字 诉求办结率和满意率" }).focus();
  await page.keyboard.press("Enter");
  const table = card.getByRole("table");
  await table.getByText("90.0%(180/200)").waitFor();
  await table.getByText("87.5%(105/120)").waitFor();
  await card.getByRole("radio", { name: "按单位" }).check();
  await becomes(() => called(mock, "flow.rates").at(-1)?.by, ["office"]);
  await table.getByRole("rowheader", { name: "乙村党支部" }).waitFor();
  const units = await table.locator("tbody th").allTextContents();
  assert.deepEqual(units, ["甲村党支部", "乙村党支部", "丙村党支部"], "tree order, whatever the rates");
  await table.locator("tfoot").getByText("合计").waitFor();
  await card.getByRole("button", { name: "看图 诉求办结率和满意率" }).click();
  await card.locator(".chart svg").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.getByRole("table", { name: "各月完成情况" }).waitFor();
  await page.emulateMedia({ media: "screen" });
  assert.deepEqual(faults, []);
});

test("on paper each picture is as wide as the paper, and stands over nothing", { skip }, async (t) => {
  const { page, close } = await open(browser, { role: "committee", path: "/charts" });
  t.after(close);
  await page.locator(".chart svg").nth(2).waitFor();
  const size = (n) => page.locator(".chart svg").nth(n).evaluate((svg) => [svg.clientWidth, svg.clientHeight]);
  // What the browser tells a page before it prints, and how the paper looks then.
  await page.evaluate(() => globalThis.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  for (const n of [0, 1, 2]) {
    await becomes(() => size(n), [660, 300]);
    const card = page.locator(".chart-card").nth(n);
    const [picture, table] = await Promise.all([card.locator(".chart").boundingBox(), card.getByRole("table").boundingBox()]);
    assert.ok(picture.y + picture.height <= table.y, "the numbers stand below the picture");
  }
  await page.getByText(/^某街道党工委 · 2026年3月\d+日$/).waitFor();
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => globalThis.dispatchEvent(new Event("afterprint")));
  await becomes(async () => (await size(0))[0] > 660, true);
});

for (const [role, path] of [["committee", "/matrix"], ["committee", "/merged?ledger=dues&tab=unit"], ["committee", "/dispatch?tab=sent"], ["committee", "/dispatch?tab=sent&id=ba0000"], ["committee", "/dispatch?tab=groups"], ["committee", "/calendar"], ["committee", "/calendar?tab=list"], ["branch", "/calendar"], ["committee", "/charts"]]) {
  test(`${role} ${path} fits 360 px and passes axe`, { skip }, async (t) => {
    const { page, faults, close } = await open(browser, { role, path, width: 360, height: 800 });
    t.after(close);
    await page.waitForFunction(() => ![...document.querySelectorAll(".blank")].some((one) => /正在打开/.test(one.textContent ?? "")));
    assert.deepEqual(await seriousFindings(page), []);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(faults, []);
  });
}
