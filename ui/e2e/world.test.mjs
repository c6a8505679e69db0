// A small real world, each office its own process, driven through the real interface by keyboard.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, matches, open, realUrl } from "./browser.mjs";
import { bin } from "./world/node.mjs";
import { addMembers, places, startWorld } from "./world/world.mjs";

const skip = realUrl !== null ? "YBZ_UI_URL asks for one node only" : bin === null ? "YBZ_BIN is not set: it names the program `ybz` that makes the real world" : false;
const household = { name: "周大山", door: "3-12", phone: "13900001111" };
let browser;
let world;
let members;

before(async () => {
  if (skip) return;
  [browser, world] = await Promise.all([launch(), startWorld()]);
  members = await addMembers(world.branch, 50);
  await world.branch.rpc("meeting.save", { kinds: ["members_meeting"], date: "今天", topic: "学习文件", chair: "王春生" });
  await world.branch.rpc("visit.save", { date: "昨天", kind: "round_table", newHousehold: household, participants: ["王春生", "李秀兰"], situation: ["normal"] });
  for (const member of members) {
    // One writer at a time.
    // oxlint-disable-next-line no-await-in-loop
    await world.branch.rpc("dues.assess", { member, fromMonth: `${new Date().getFullYear()}-01`, class: "farmer", fixedFen: 50 });
  }
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

async function show(node, options = {}) {
  return open(browser, { url: await node.url(), ...options });
}

const focused = (page, name) => page.waitForFunction((label) => document.activeElement?.labels?.[0]?.textContent?.startsWith(label), name);

test("branch: a visit with a concern, at most 20 key actions besides its text", { skip }, async () => {
  const { page, faults, close } = await show(world.branch);
  const keys = keyboard(page);
  await page.getByRole("link", { name: /记走访/ }).waitFor();
  await keys.press("F2");
  await focused(page, "日期");
  await keys.press("Tab", "Tab");
  await focused(page, "户");
  await keys.type("zds");
  await page.getByRole("option", { name: /^周大山/ }).waitFor();
  await keys.press("Enter");
  await page.getByText(/已选 周大山/).waitFor();
  await keys.press("Tab", "Tab", "Space", "Tab");
  await focused(page, "情况一句话");
  await keys.type("老人身体好");
  await keys.press("Tab", "ArrowRight", "Tab");
  await focused(page, "类别");
  await keys.press("ArrowDown", "Tab");
  await focused(page, "上报内容");
  await keys.type("周大山家屋后水沟堵塞,雨天积水");
  await keys.press("Tab", "Tab");
  await focused(page, "下一步");
  await keys.type("请施工队来看");
  await keys.press("Tab");
  await keys.type("李秀兰");
  await keys.press("Tab");
  await focused(page, "哪天");
  await keys.type("今天");
  await keys.press("Control+Enter");
  await page.getByText(/已保存 .*接着记下一户/).waitFor();
  assert.ok(keys.actions <= 20, `${keys.actions} key actions`);
  assert.equal((await world.branch.rpc("visit.list", {})).total, 2);
  assert.deepEqual(faults, []);
  await close();
});

test("branch: a roll call of 50, at most 60 key actions", { skip }, async () => {
  const { page, faults, close } = await show(world.branch);
  const keys = keyboard(page);
  await page.getByRole("link", { name: /开会点名/ }).waitFor();
  await keys.press("F3");
  const onName = () => page.waitForFunction(() => document.activeElement?.hasAttribute("data-member"));
  await onName();
  for (let n = 0; n < 50; n += 1) {
    if (n % 12 === 5) {
      await keys.press("2");
      await page.getByLabel("请假事由").waitFor();
      await keys.press("Enter");
      await onName();
    } else {
      await keys.press(n % 20 === 7 ? "3" : "1");
    }
  }
  await page.getByText("未确认0").waitFor();
  await keys.press("Control+Enter");
  await page.getByText("点名已结束").waitFor();
  assert.ok(keys.actions <= 60, `${keys.actions} key actions`);
  const [row] = (await world.branch.rpc("meeting.list", {})).rows;
  assert.deepEqual([row.due, row.present, row.excused, row.absent, row.unconfirmed, row.closed], [50, 43, 4, 3, 0, true]);
  assert.deepEqual(faults, []);
  await close();
});

test("branch: this month's dues of all but one", { skip }, async () => {
  const { page, faults, close } = await show(world.branch);
  const keys = keyboard(page);
  await page.getByRole("link", { name: /收党费/ }).waitFor();
  await keys.press("F4");
  await page.getByRole("button", { name: "本月全收" }).waitFor();
  await keys.tabTo(/^本月全收/);
  await keys.press("Enter");
  await page.getByRole("button", { name: /收下 50 笔/ }).waitFor();
  // The focus stands on the first name.
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "checkbox");
  await keys.press("Space");
  await page.getByRole("button", { name: /收下 49 笔 · 24.50 元/ }).waitFor();
  await keys.press("Control+Enter");
  await page.getByText("已收 49 笔").waitFor();
  const sheet = await world.branch.rpc("dues.sheet", {});
  assert.equal(sheet.paidFen, 49 * 50);
  assert.equal(sheet.rows[0].paidFen, 0);
  assert.deepEqual(faults, []);
  await close();
});

test("branch: the concern is handed in without the household's name", { skip }, async () => {
  const { page, faults, close } = await show(world.branch);
  const keys = keyboard(page);
  await page.getByText(/条诉求还没上报/).waitFor();
  await keys.tabTo(/^去上报/);
  await keys.press("Enter");
  await page.getByText(places.street).first().waitFor();
  await page.getByText("周大山家屋后水沟堵塞,雨天积水").waitFor();
  await keys.tabTo(/^上报 1 条/);
  await keys.press("Enter");
  await page.getByText("请先选定").waitFor();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByText("该户家屋后水沟堵塞,雨天积水").waitFor();
  await keys.tabTo(/^上报 1 条/);
  await keys.press("Enter");
  await page.getByText("已上报 1 条").waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test("branch: a sheet that says not what it is, is imported by saying it", { skip }, async () => {
  const { page, faults, close } = await show(world.branch, { path: "/import" });
  const keys = keyboard(page);
  const chooser = page.waitForEvent("filechooser");
  await keys.tabTo(/^选文件/);
  await keys.press("Enter");
  await (await chooser).setFiles({ name: "人.csv", mimeType: "text/csv", buffer: Buffer.from("姓名,生日月,编组\n赵大有,1970-02,第一党小组\n钱多多,1981-13,第二党小组\n") });
  await page.getByText("没认出这张表是什么").waitFor();
  await page.locator("main").focus();
  await keys.tabTo(/^这张表是/);
  await keys.press("ArrowDown");
  await page.getByText("请核对下面每一列的对应").waitFor();
  await becomes(() => page.getByLabel("对应 A").inputValue(), "name", "a column that is called like a field");
  await page.getByLabel("对应 B").selectOption({ label: "出生年月" });
  await page.getByLabel("对应 C").selectOption({ label: "党小组" });
  await keys.tabTo(/^看预览/);
  await keys.press("Enter");
  await page.getByText("“1981-13”的月份不在 1 到 12 之间。如 2026.3。请在表里改好再导入。").waitFor();
  await page.locator("main").focus();
  await keys.tabTo(/^写入/);
  await keys.press("Enter");
  await page.getByText("新增 1 条").waitFor();
  await page.getByText("未写入 1 行").waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test("branch: green only after the street has receipted all", { skip }, async () => {
  const { page, faults, close } = await show(world.branch, { path: "/sync" });
  const keys = keyboard(page);
  await keys.tabTo(/^立即同步/);
  await keys.press("Enter");
  await page.getByText("上级已全部签收").waitFor();
  await page.getByText(new RegExp(`^已全部签收 · \\d+月\\d+日\\d\\d:\\d\\d · ${places.street}$`)).first().waitFor();
  await becomes(() => page.getByText("已同步").count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test("street: what came shows in the matrix, what is not known stays a question", { skip }, async () => {
  const { page, faults, close } = await show(world.street, { path: "/matrix" });
  const keys = keyboard(page);
  const month = new Date().getMonth() + 1;
  await page.getByRole("tab", { name: "夜谈走访" }).click();
  await page.getByLabel(new RegExp(`${places.branch} ${month}月 有记录未提交`)).waitFor();
  await page.getByLabel(new RegExp(`${places.absent} ${month}月 .*未加入`)).waitFor();
  await matches(() => page.locator(`[data-cell="0-${month}"]`).textContent(), /^◔/);
  await matches(() => page.locator(`[data-cell="1-${month}"]`).textContent(), /^\?/);
  await page.locator('[data-cell="0-1"]').focus();
  await keys.press("Home", ...Array.from({ length: month - 1 }, () => "ArrowRight"), "Enter");
  await page.getByRole("heading", { name: "合并台账" }).waitFor();
  await becomes(() => page.getByLabel("单位").locator("option:checked").textContent(), places.branch);
  await page.getByText(new RegExp(`${places.branch} · .*夜谈`)).first().waitFor();
  await page.getByRole("tab", { name: "诉求" }).click();
  await page.getByText("该户家屋后水沟堵塞,雨天积水").waitFor();
  await becomes(() => page.getByText("周大山").count(), 0, "the name has not travelled");
  assert.deepEqual(faults, []);
  await close();
});

test("street: a join is approved after comparing the digits of both sides", { skip }, async () => {
  const late = await world.node("late");
  const { page, faults, close } = await show(world.street, { path: "/org" });
  const keys = keyboard(page);
  await page.getByRole("button", { name: "邀请下级" }).focus();
  await keys.press("Enter");
  await focused(page, "下级名称");
  await keys.type("示范三村党支部");
  await keys.tabTo(/^生成邀请/);
  await keys.press("Enter");
  const ticket = await page.locator(".ticket-text").textContent();
  await keys.press("Escape");
  await page.getByText("示范三村党支部").waitFor();

  const joining = late.start("--json", "join", ticket);
  const { code } = JSON.parse(await joining.line((line) => line.includes("waiting_approval")));
  await page.getByText(`${code.slice(0, 3)} ${code.slice(3)}`).waitFor();
  await page.locator("main").focus();
  await keys.tabTo(/^数字一样,同意/);
  await keys.press("Enter");
  await page.getByText("已同意 示范三村党支部 加入").waitFor();
  assert.match(await joining.line((line) => line.includes('"joined"')), /示范街道党工委/);
  assert.deepEqual(faults, []);
  await close();
});

test("a second computer joins its office by invitation, from its first use on", { skip }, async () => {
  const second = await (await world.node("second")).serve();
  const here = await show(world.branch, { path: "/settings" });
  const keys = keyboard(here.page);
  await keys.tabTo(/^组织与邀请/);
  await keys.press("Enter");
  await here.page.getByRole("button", { name: "邀请本单位的电脑" }).waitFor();
  await keys.tabTo(/^邀请本单位的电脑/);
  await keys.press("Enter");
  await here.page.getByText("那台电脑上有本单位给上级看的账本").waitFor();
  await keys.tabTo(/^生成邀请/);
  await keys.press("Enter");
  const ticket = await here.page.locator(".ticket-text").textContent();
  await keys.press("Escape");

  const there = await show(second);
  const thereKeys = keyboard(there.page);
  await thereKeys.tabTo(/^用邀请加入/);
  await thereKeys.press("Enter");
  await focused(there.page, "邀请文字");
  await thereKeys.type(ticket);
  await thereKeys.tabTo(/^你的姓名/);
  await thereKeys.type("李秀兰");
  await thereKeys.press("Enter");
  const digits = await there.page.locator(".six-digits [aria-hidden]").textContent();
  await here.page.getByText(digits).waitFor();
  await here.page.getByText("本单位的电脑:李秀兰").waitFor();
  await here.page.locator("main").focus();
  await keys.tabTo(/^数字一样,同意/);
  await keys.press("Enter");
  await there.page.getByText(`已加入 ${places.branch}`).waitFor();
  await thereKeys.tabTo(/^先看今日/);
  await thereKeys.press("Enter");
  await there.page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
  await there.go("/members");
  await there.page.getByText("王春生").first().waitFor();
  assert.deepEqual([here.faults, there.faults], [[], []]);
  await here.close();
  await there.close();
});

test("street: the totals are seen before they are signed", { skip }, async () => {
  await world.street.sync();
  const { page, faults, close } = await show(world.street, { path: "/snapshots" });
  const keys = keyboard(page);
  await keys.tabTo(/^看将要上报/);
  await keys.press("Enter");
  await page.getByText(/1\/3已接收 · .*未加入/).waitFor();
  await keys.tabTo(/^签名并上报/);
  await keys.press("Enter");
  await page.getByText("已签名,等待上级拉取").waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test("department: pulled, and every check holds", { skip }, async () => {
  const { page, faults, close } = await show(world.department, { path: "/snapshots" });
  const keys = keyboard(page);
  await keys.tabTo(/^拉取/);
  await keys.press("Enter");
  await page.getByRole("link", { name: new RegExp(places.street) }).waitFor();
  await keys.tabTo(new RegExp(places.street));
  await keys.press("Enter");
  await page.getByRole("button", { name: "核验" }).waitFor();
  await page.locator("main").focus();
  await keys.tabTo(/^核验/);
  await keys.press("Enter");
  await page.getByText("全部相符").waitFor();
  await becomes(() => page.getByText("不符", { exact: true }).count(), 0);
  assert.ok((await page.getByText("相符", { exact: true }).count()) >= 6);
  assert.deepEqual(faults, []);
  await close();
});

test("nothing of the household is in what the street keeps in plain view", { skip }, async () => {
  assert.match(await readFile(join(world.folder, "absent.txt"), "utf8"), /\S/);
  const merged = JSON.stringify(await world.street.rpc("merged.list", { ledger: "visits" }));
  assert.ok(!merged.includes(household.name) && !merged.includes(household.phone) && !merged.includes(household.door));
});
