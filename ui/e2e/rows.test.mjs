// 约谈, 共性问题, 三个清单, 项目, 6+X, 组织树 between a real street and real villages, each offline until it syncs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, launch, realUrl } from "./browser.mjs";
import { after as dayAfter } from "./world/names.mjs";
import { bin } from "./world/node.mjs";
import { screensIn } from "./world/screen.mjs";
import { startDesk, villages } from "./world/world.mjs";
import { workbook } from "./world/xlsx.mjs";

const skip = realUrl !== null ? "YBZ_UI_URL asks for one node only" : bin === null ? "YBZ_BIN is not set: it names the program `ybz` that makes the real world" : false;
const [first, second, third] = villages;
let browser;
let world;
let today;
let year;
const at = screensIn(() => browser);

before(async () => {
  if (skip) return;
  [browser, world] = await Promise.all([launch(), startDesk()]);
  ({ today } = await world.street.rpc("node.overview"));
  year = Number(today.slice(0, 4));
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

const quiet = (...pages) => assert.deepEqual(pages.map((page) => page.faults), pages.map(() => []));

test("A1: interviews of 31 December lead to a list that is due on the last of February, accepted by another role", { skip }, async (t) => {
  const held = `${year - 1}-12-31`;
  const last = new Date(Date.UTC(year, 2, 0)).getUTCDate();
  const street = await at(t, world.street, "/interviews");
  await street.choose("年度", String(year - 1));
  await street.page.getByRole("group", { name: "全年各月" }).getByRole("button", { name: /^12月/ }).click();
  await street.page.getByRole("button", { name: "列入单位" }).click();
  await street.write({ 约谈日: held, 通知人: "陈书记" });
  for (const name of [first, second]) await street.dialog.getByLabel(name).check();
  await street.dialog.getByText("这一轮共2个单位(规定3到4个)").waitFor();
  await street.dialog.getByLabel(third).check();
  await street.dialog.getByText("这一轮共3个单位(规定3到4个)").waitFor();
  await street.dialog.getByRole("button", { name: "列入单位" }).click();
  await street.closed();
  for (const name of villages) await street.card(name).getByText("约谈日", { exact: false }).waitFor();
  await becomes(() => street.page.getByText("规定至少 3 个", { exact: false }).count(), 0);

  // The village learns of it when it syncs, and hands in its report.
  await world.one.sync();
  const village = await at(t, world.one, "/checklists");
  await village.page.getByRole("navigation", { name: "按种类看" }).getByRole("link", { name: "约谈" }).click();
  await village.choose("年度", String(year - 1));
  await village.page.getByRole("group", { name: "全年各月" }).getByRole("button", { name: /^12月/ }).click();
  await village.card("党建约谈").getByRole("link", { name: /^去看/ }).click();
  await village.stands("已通知");
  await village.act("提交汇报", { 说明: "全年履职汇报", 责任人: "王春生" });
  await world.one.sync();

  // The day itself: 20 and 40 minutes stand there already, and are what the rule says.
  await street.card(first).getByRole("link", { name: `约谈 ${first}` }).click();
  await becomes(() => street.dialog.getByLabel("汇报(分钟)").inputValue(), "20");
  await becomes(() => street.dialog.getByLabel("提问(分钟)").inputValue(), "40");
  await street.dialog.getByRole("button", { name: "支部建设" }).click();
  await street.write({ 约谈人: "陈书记", 日期: held });
  await street.send();
  await street.stands("已约谈");
  await street.act("指出问题", { 说明: "三会一课记录不全", 话题: "支部建设", 日期: held });
  await street.act("指出问题", { 说明: "谈心谈话没有做到", 话题: "履行责任", 日期: held });
  await street.go(`/interviews?id=${year - 1}-12`);
  await street.card(first).getByText("汇报20分钟,提问40分钟", { exact: false }).waitFor();
  await street.card(first).getByRole("button", { name: `下发整改清单 ${first}` }).click();
  await street.dialog.getByText(`将离开本机关,送到${first}`, { exact: false }).waitFor();
  await street.dialog.getByRole("button", { name: "下发 2 条" }).click();
  await street.closed();
  await street.page.getByRole("tab", { name: "两个月时限" }).click();
  const due = street.row("三会一课记录不全");
  await due.getByText(`${year}年2月${last}日`, { exact: true }).waitFor();
  await due.getByText(`从${year - 1}年12月31日起算`, { exact: false }).waitFor();

  // The calendar of all deadlines has it on that day.
  await street.go("/calendar");
  const month = Number(today.slice(5, 7));
  for (let n = 0; n < Math.abs(month - 2); n += 1) await street.page.getByRole("button", { name: month > 2 ? "上个月" : "下个月" }).click();
  await street.page.getByRole("grid").getByRole("button", { name: new RegExp(`^${year}年2月${last}日`) }).click();
  await street.page.getByRole("region", { name: `${year}年2月${last}日` }).getByText(first, { exact: false }).first().waitFor();

  // People and days are the village's; it rectifies and reports.
  await world.one.sync();
  await village.go("/checklists?tab=rectification");
  await village.page.getByRole("link", { name: "三会一课记录不全" }).click();
  await village.act("列入清单", { 措施: "补记并专人核对", 责任人: "李秀兰", 时限: dayAfter(today, 60) });
  await village.act("开始整改");
  await village.act("整改完成", { 整改结果: "已补全" });
  await village.act("书面报告", { 报告内容: "书面报告已交" });
  await village.stands("已报告，待验收");
  await world.one.sync();
  await street.go("/decide");
  await street.page.getByRole("button", { name: /三会一课记录不全/ }).first().click();
  await street.act("验收通过", { 验收人: "周督查", 验收人的身份: "纪检组" });
  await street.act("销号", { 销号人: "周督查" });
  await street.act("回头看", {}, ["未反弹"]);
  await street.stands("已销号");
  await street.go(`/interviews?id=${year - 1}-12`);
  await street.card(first).getByText("整改清单 2 条,已整改并报告 1 条,已销号 1 条").waitFor();
  await world.one.sync();
  await village.stands("已销号");
  quiet(street, village);
});

test("A5: what villages report is put together as a common problem, and becomes a task of all", { skip }, async (t) => {
  const village = await at(t, world.one, "/flows?tab=rectification");
  for (const [title, category] of [["党费收缴不及时", "党费"], ["谈心谈话没有台账", "谈话"]]) {
    await village.page.getByRole("button", { name: "新开一项" }).click();
    await village.write({ 事项: title, 类别: category });
    await village.send();
    await village.page.getByRole("link", { name: title }).waitFor();
  }
  await world.two.rpc("flow.open", { flow: "rectification", title: "党费收缴晚了两个月", category: "党费" });
  await Promise.all([world.one.sync(), world.two.sync()]);

  const street = await at(t, world.street, "/common");
  const problems = street.page.getByRole("region", { name: "各单位的问题" });
  await problems.getByLabel("查内容").fill("党费收缴");
  await problems.getByText("共 2 条", { exact: false }).waitFor();
  for (const title of ["党费收缴不及时", "党费收缴晚了两个月"]) await problems.getByRole("checkbox", { name: new RegExp(`${title}$`) }).check();
  await problems.getByRole("button", { name: "归到一起(2)" }).click();
  await street.write({ 共性问题叫什么: "党费收缴不按时" });
  await street.dialog.getByRole("button", { name: "保存" }).click();
  await street.closed();
  const group = street.row("党费收缴不按时");
  await group.getByText("2 个问题,2 个单位", { exact: false }).waitFor();
  await street.page.getByRole("button", { name: /转为全年任务 党费收缴不按时/ }).click();
  await street.dialog.getByText(`${year}年12月31日前完成`, { exact: false }).waitFor();
  await street.dialog.getByRole("button", { name: "下发 3 条" }).click();
  await group.getByText(`${year}年任务:已下发 3 家,已完成 0 家`).waitFor();

  // Who reported it is not told; the one that reported nothing has the task, too.
  await Promise.all([world.one.sync(), world.two.sync()]);
  await village.go("/flows?tab=listed");
  await village.page.getByRole("link", { name: "党费收缴不按时" }).click();
  await becomes(() => village.page.getByText(second, { exact: false }).count(), 0);
  await village.act("签收");
  await village.act("报完成", { 报告内容: "全年按月收缴" });
  await world.one.sync();
  await street.go("/flows?tab=listed");
  await street.row(first).getByRole("link", { name: "党费收缴不按时" }).click();
  await street.act("验收通过");
  await street.go("/common");
  await group.getByText(`${year}年任务:已下发 3 家,已完成 1 家`).waitFor();
  quiet(street, village);
});

test("A6: a month's list goes down line by line, is taken up, reported and accepted", { skip }, async (t) => {
  const street = await at(t, world.street, "/lists?tab=new");
  await street.main.getByLabel("清单名称").fill("月度项目清单");
  const line = (n) => street.page.getByRole("group", { name: `第 ${n} 条` });
  for (const [n, title] of [[1, "修渠"], [2, "清理河道"]]) {
    if (n > 1) await street.page.getByRole("button", { name: "加一条" }).click();
    await line(n).getByLabel("事项").fill(title);
    await line(n).getByLabel("责任领导").fill("陈书记");
    await line(n).getByLabel("责任人").fill("李秀兰");
    await line(n).getByLabel("完成时限").fill(`${year}-12-31`);
  }
  for (const name of [first, second]) await street.main.getByLabel(name).check();
  await street.page.keyboard.press("Control+Enter");
  const list = street.row("月度项目清单");
  await list.getByText("每家最多 2 条 · 2 个单位 · 共 4 条").waitFor();
  await list.getByText("已签收 0、已完成 0,共 4").waitFor();

  await world.one.sync();
  const village = await at(t, world.one, "/lists");
  await village.page.getByRole("button", { name: /^看条目 .*月度项目清单/ }).click();
  await village.page.getByRole("region", { name: "条目" }).getByRole("link", { name: "修渠" }).click();
  await village.act("签收");
  await village.act("进度", { 办了什么: "已清淤" });
  await village.act("报完成", { 报告内容: "渠已修好" });
  await world.one.sync();
  await street.page.getByRole("button", { name: /^看条目 .*月度项目清单/ }).click();
  await street.page.getByRole("region", { name: "条目" }).getByRole("listitem").filter({ hasText: "已报完成" }).getByRole("link", { name: "修渠" }).click();
  await street.act("验收通过");
  await street.go("/lists");
  await list.getByText("已签收 1、已完成 1,共 4").waitFor();
  quiet(street, village);
});

test("A9: a project is begun, reported for its half year, exchanged, reviewed by a third and closed", { skip }, async (t) => {
  const street = await at(t, world.street, "/projects");
  await street.page.getByRole("button", { name: "立项" }).click();
  await street.write({ 事项: "河道整治党建项目", 责任领导: "陈书记" });
  await street.dialog.getByLabel(first).check();
  await street.send();
  await street.card("河道整治党建项目").getByText("已立项").waitFor();

  await world.one.sync();
  const village = await at(t, world.one, "/projects");
  const project = village.card("河道整治党建项目");
  await project.getByRole("link", { name: /^去看/ }).click();
  await village.act("启动", { 措施: "清淤、护坡、管护", 责任人: "王春生", 牵头单位: "示范街道党工委", 责任单位: first });
  await village.act("进度", { 办了什么: "清淤过半", 学习教育: "专题学习2次", 廉政建设: "工程款公开" });
  await village.go("/projects");
  await project.getByRole("link", { name: /^写半年汇报/ }).click();
  await village.write({ 报告内容: "上半年完成六成", 责任人: "王春生" });
  await village.send();
  await world.one.sync();

  await street.card("河道整治党建项目").getByRole("link", { name: /^记季度交流/ }).click();
  await street.write({ 说明: "清淤做法值得推广", 点评人: second });
  await street.send();
  await street.act("第三方评估", { 责任人: "赵工", 身份: "水利站", 说明: "达到设计标准" });
  await street.go("/projects");
  const seen = street.card("河道整治党建项目");
  await seen.getByText("专题学习2次", { exact: false }).waitFor();
  await seen.getByRole("list", { name: "交流和评估" }).getByText("赵工(水利站)", { exact: false }).waitFor();
  await seen.getByRole("list", { name: `${year}年季度交流` }).getByText("季度 1 次", { exact: false }).waitFor();
  await seen.getByRole("link", { name: /^去看/ }).click();
  await street.act("结项", { 说明: "验收合格" });
  await world.one.sync();
  await village.go("/projects");
  await project.getByText("已结项").waitFor();
  quiet(street, village);
});

test("A11: a letter goes down, two lists are chosen, it is signed, pledged in public, printed and looked at", { skip }, async (t) => {
  const street = await at(t, world.street, "/letters");
  await street.page.getByRole("button", { name: "下发责任书" }).click();
  await street.write({ "共性清单 1": "班子建设" });
  await street.dialog.getByRole("button", { name: "下发给 3 个单位" }).click();
  await street.card(first).getByText("班子建设", { exact: false }).waitFor();
  await becomes(() => street.page.getByText("没有责任书", { exact: false }).count(), 0);

  await world.one.sync();
  const village = await at(t, world.one, "/letters");
  const letter = village.card(`${year}年6+X清单责任书`);
  await letter.getByRole("link", { name: /^选清单/ }).click();
  await village.write({ 自选清单: "产业发展、人居环境" });
  await village.send();
  await world.one.sync();
  await street.card(first).getByText("符合:共性 6 张,自选 2 张").waitFor();
  await street.card(first).getByRole("link", { name: `签订 ${first}` }).click();
  await street.write({ "签订人(上级)": "陈书记", 签订人: "王春生" });
  await street.send();
  await world.one.sync();
  await village.go("/letters");
  await letter.getByRole("link", { name: /^公开承诺/ }).click();
  await village.write({ 承诺人: "王春生", 公开处: "村党务公开栏" });
  await village.send();
  await world.one.sync();

  // On paper: six lists, two of its own, and room to sign.
  await village.go("/letters");
  await letter.getByRole("link", { name: "打印导出" }).click();
  for (const word of ["班子建设", "人居环境"]) await village.page.getByRole("cell", { name: word }).waitFor();

  await street.go("/letters");
  await street.card(first).getByText("公开在村党务公开栏", { exact: false }).waitFor();
  await street.card(first).getByRole("link", { name: `年度考核 ${first}` }).click();
  await street.write({ 说明: "八张清单全部落实" });
  await street.send();
  await world.one.sync();
  await village.go("/letters");
  await letter.getByText("已考核").waitFor();
  quiet(street, village);
});

test("A8: bodies with their days, a past day, and a whole tree out of a workbook", { skip }, async (t) => {
  const street = await at(t, world.street, "/tree");
  const tree = street.page.getByRole("region", { name: "组织树" });
  async function add(name, kind, days, units) {
    await street.page.getByRole("button", { name: "新建组织" }).click();
    await street.dialog.getByLabel("类别").selectOption({ label: kind });
    await street.write({ 名称: name, ...days, 覆盖单位: units });
    await street.dialog.getByRole("button", { name: "保存" }).click();
    await street.closed();
  }
  await add("防汛临时党支部", "临时党支部", { 成立日期: `${year - 1}-05-01`, 到期或撤销日期: `${year - 1}-10-31` }, "甲公司");
  await add("园区联合党支部", "联合党支部", { 成立日期: `${year - 1}-05-01` }, "甲厂、乙厂");
  await tree.getByText(/^覆盖单位:.*甲厂/).waitFor();
  await becomes(() => tree.getByText("防汛临时党支部").count(), 0, "it is over");
  await street.page.getByRole("button", { name: "记变动 园区联合党支部" }).click();
  await street.write({ 从哪天起: `${year}-01-01`, 新名称: "东园联合党支部" });
  await street.dialog.getByRole("button", { name: "保存" }).click();
  await street.closed();
  await tree.getByText("东园联合党支部").waitFor();
  await street.page.getByRole("textbox", { name: "看哪一天" }).fill(`${year - 1}-06-30`);
  await street.page.getByText(`这是 ${year - 1}年6月30日 的组织,只能看。`).waitFor();
  await tree.getByText("防汛临时党支部").waitFor();
  await tree.getByText("园区联合党支部").waitFor();
  await street.page.getByRole("button", { name: "回到今天" }).click();
  await tree.getByText("东园联合党支部").waitFor();

  await street.page.getByRole("button", { name: "从名单建树" }).click();
  await street.give("选名单文件", { name: "组织.xlsx", mimeType: "application/octet-stream", buffer: workbook([
    ["名称", "类别", "上级", "区划代码", "成立时间", "代管"],
    ["示范街道党工委", "党工委", "", "", "", ""],
    [first, "党支部", "示范街道党工委", "", "", ""],
    ["示范四村党支部", "党支部", "示范街道党工委", "51012100120", "", "是"],
    ["一组", "党小组", "示范四村党支部", "", `${year - 1}-01-01`, ""],
    ["示范五村党支部", "党支部", "示范街道党工委", "", "", ""],
    ["东园联合党支部", "联合党支部", "示范街道党工委", "", `${year - 1}-05-01`, ""],
    ["红心驿站", "驿站", "东园联合党支部", "", `${year}-01-01`, ""],
  ]) });
  await street.dialog.getByText("还有 1 处要先回答").waitFor();
  await street.dialog.getByLabel(/^D4 示范四村/).selectOption({ label: "不要代码" });
  await street.dialog.getByText("会建组织 2 个,代管 1 个,邀请 1 个").waitFor();
  await street.dialog.getByRole("button", { name: "按预览建立" }).click();
  await street.dialog.getByText("已建组织 2 个,代管 1 个,邀请 1 个").waitFor();
  await street.dialog.getByRole("button", { name: "关闭" }).last().click();
  for (const name of ["示范四村党支部", "一组", "红心驿站"]) await tree.getByText(new RegExp(`^${name}`)).waitFor();
  quiet(street);
});
