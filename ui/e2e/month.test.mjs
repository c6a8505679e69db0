import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, open, overflow, realUrl, seriousFindings } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const called = (mock, name) => mock.state.calls.filter((call) => call.name === name).map((call) => call.input);

test("a month is checked and submitted by keyboard, taken back, and locked", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/month" });
  t.after(close);
  const keys = keyboard(page);
  await page.getByText("党小组会本月没有记录").waitFor();
  await page.getByText("6人本月党费没有记录").waitFor();
  await page.getByText("14人未确认").waitFor();
  await keys.press("Control+Enter");
  await page.getByText("已提交,等上级接收").waitFor();
  await becomes(() => called(mock, "month.submit"), [{ month: "2026-03" }]);
  await keys.tabTo(/^撤回$/);
  await keys.press("Enter");
  await page.getByRole("dialog").waitFor();
  await keys.type("还有一次走访没记");
  await page.getByRole("dialog").getByRole("button", { name: "撤回" }).focus();
  await keys.press("Enter");
  await page.getByText("已撤回").first().waitFor();
  await becomes(() => called(mock, "month.withdraw")[0].note, "还有一次走访没记");
  await page.getByRole("button", { name: "锁定2026年3月" }).focus();
  await keys.press("Enter");
  await page.getByText("2026-03 已锁定").waitFor();
  await page.getByRole("button", { name: "解锁2026年3月" }).focus();
  await keys.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "解锁", exact: true }).click();
  await page.getByText("这一项必须填写。").waitFor();
});

test("rows that differ from what was accepted are told, with the reason", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/month?id=2026-02" });
  t.after(close);
  await page.getByText("与已接收的有出入 2 条。还没有说明原因。", { exact: false }).or(page.getByText("与已接收的有出入 2 条。 还没有说明原因。")).first().waitFor();
  await page.getByText("屋后水沟不畅").waitFor();
  await page.getByRole("button", { name: "说明原因" }).click();
  await page.getByRole("dialog").getByLabel("原因").fill("补记一次走访");
  await page.getByRole("dialog").getByRole("button", { name: "说明原因" }).click();
  await page.getByText("已说明原因。", { exact: false }).waitFor();
  await becomes(() => called(mock, "month.explain")[0].note, "补记一次走访");
});

test("a street accepts one month and returns another, which needs a comment", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/decide" });
  t.after(close);
  const keys = keyboard(page);
  await page.getByRole("button", { name: "去看 甲村党支部 2026年2月" }).focus();
  await keys.press("Enter");
  await page.getByRole("button", { name: "退回" }).focus();
  await keys.press("Enter");
  await page.getByText("请写明要改什么,再退回。").waitFor();
  assert.equal(called(mock, "submission.decide").length, 0);
  await page.getByRole("button", { name: "接收" }).focus();
  await keys.press("Enter");
  await page.getByRole("heading", { name: "待我决定", level: 1 }).waitFor();
  const [input] = called(mock, "submission.decide");
  assert.deepEqual([input.accept, input.digest], [true, "9f31c2aa70e1b2c3d4"]);
  await page.getByRole("button", { name: "去看 乙村党支部 2026年2月" }).click();
  await page.getByText("接收和退回是同时做的", { exact: false }).waitFor();
  await page.getByRole("textbox", { name: "意见" }).fill("请补两次走访");
  await page.getByRole("button", { name: "退回" }).click();
  await page.getByRole("heading", { name: "待我决定", level: 1 }).waitFor();
  await becomes(() => called(mock, "submission.decide")[1].note, "请补两次走访");
  await page.getByRole("button", { name: "去看 甲村党支部 防汛检查" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "验收通过" }).click();
  await page.getByRole("region", { name: "报完成、等验收的交办" }).waitFor({ state: "detached" });
  await becomes(() => called(mock, "dispatch.decide")[0].accept, true);
});

test("a template is looked over, a date and a person changed, and made into items at once", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/templates" });
  t.after(close);
  const keys = keyboard(page);
  await page.getByRole("button", { name: "用这个 书记每月工作清单" }).focus();
  await keys.press("Enter");
  await page.getByRole("heading", { name: "2026-03 将列出这些" }).waitFor();
  await keys.tabTo(/^责任领导/);
  await keys.type("王甲一");
  await keys.press("Tab");
  await keys.type("李乙二");
  await keys.press("Tab");
  await keys.press("Space");
  await page.getByLabel("时限:组织主题党日").fill("3.16");
  await keys.press("Control+Enter");
  await page.getByText("已列出 3 项").waitFor();
  const [made] = called(mock, "template.make");
  assert.deepEqual(made.entries.map((entry) => [entry.title, entry.deadline, entry.person]), [
    ["组织主题党日", "3.16", "李乙二"], ["入户走访,听取群众诉求", "2026-03-25", "李乙二"], ["月底核对并提交", "2026-03-31", "李乙二"],
  ]);
});

test("an office keeps its own template as lines of text", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/templates" });
  t.after(close);
  await page.getByRole("button", { name: "自建模板" }).click();
  await page.getByLabel("模板名称").fill("我支部每月清单");
  await page.getByLabel("事项,一行一项").fill("5 查井盖\n查路灯");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByText("我支部每月清单").waitFor();
  await becomes(() => called(mock, "template.save")[0].entries.map((entry) => [entry.title, entry.day]), [["查井盖", 5], ["查路灯", 0]]);
});

for (const [role, path] of [["branch", "/month?id=2026-02"], ["branch", "/year"], ["branch", "/templates"], ["committee", "/decide"], ["committee", "/submission?id=50bb01"], ["committee", "/dispatch?tab=sent"], ["committee", "/matrix"]]) {
  test(`${path} fits 360 px and passes axe`, { skip }, async (t) => {
    const { page, faults, close } = await open(browser, { role, path, width: 360, height: 800 });
    t.after(close);
    await page.waitForFunction(() => ![...document.querySelectorAll(".blank")].some((one) => /正在打开/.test(one.textContent ?? "")));
    assert.deepEqual(await seriousFindings(page), []);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(faults, []);
  });
}
