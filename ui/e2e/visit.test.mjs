import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, keyboard, launch, matches, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test("a visit with a concern takes at most 20 key actions besides its text", { skip: realUrl !== null }, async () => {
  const { page, mock, faults, close } = await open(browser);
  const keys = keyboard(page);
  const focused = (name) => page.waitForFunction((label) => document.activeElement?.labels?.[0]?.textContent?.startsWith(label), name);

  await page.getByRole("link", { name: /记走访/ }).waitFor();
  await keys.press("F2");
  await focused("日期");
  await keys.press("Tab", "Tab");
  await focused("户");
  await keys.type("zhou");
  await page.getByRole("option", { name: /^周/ }).first().waitFor();
  await keys.press("Enter");
  await page.getByText(/已选 周/).waitFor();
  // Participants are last time's; the first chip is 一切正常.
  await keys.press("Tab", "Tab", "Space");
  await keys.press("Tab");
  await focused("情况一句话");
  await keys.type("老人身体好,屋后水沟不畅");
  await keys.press("Tab", "ArrowRight", "Tab");
  await focused("类别");
  await keys.type("");
  await keys.press("ArrowDown");
  await keys.press("Tab");
  await focused("上报内容");
  await keys.type("屋后水沟堵塞,雨天积水");
  await keys.press("Tab", "Tab");
  await focused("下一步");
  await keys.type("请施工队来看");
  await keys.press("Tab");
  await keys.type("李乙二");
  await keys.press("Tab");
  await focused("哪天");
  await keys.type("3.25");
  await keys.press("Control+Enter");
  await page.getByText(/已保存 .*接着记下一户/).waitFor();

  const saved = mock.state.calls.filter((call) => call.name === "visit.save");
  assert.equal(saved.length, 1, "one visit is saved once");
  assert.equal(saved[0].input.concern.category, "roads");
  assert.equal(saved[0].input.concern.deadline, "3.25", "the node reads the date as typed");
  assert.ok(keys.actions <= 20, `${keys.actions} key actions`);

  // 保存并记下一户 keeps date, kind and participants and goes on at the household.
  await focused("户");
  await becomes(() => page.getByRole("button", { name: /王甲一/, pressed: true }).count(), 1);
  assert.deepEqual(faults, []);
  await close();
});

test("keys that belong to an input method do nothing", { skip: realUrl !== null }, async () => {
  const { page, close } = await open(browser);
  await page.evaluate(() => {
    const event = new KeyboardEvent("keydown", { key: "F2", isComposing: true, bubbles: true });
    document.body.dispatchEvent(event);
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", keyCode: 229, bubbles: true }));
  });
  await becomes(() => page.getByRole("heading", { name: "今日", level: 1 }).count(), 1, "the screen has not changed");
  await close();
});

test("what was typed is kept as a draft and offered again", { skip: realUrl !== null }, async () => {
  const { page, mock, go, close } = await open(browser, { path: "/visit" });
  await page.getByLabel("情况一句话").fill("写到一半");
  await page.waitForFunction(() => true);
  await go("/");
  await page.getByRole("heading", { name: "没写完的" }).waitFor();
  await becomes(() => mock.state.drafts[0].value.situationText, "写到一半");
  await page.getByRole("button", { name: "接着写" }).click();
  await page.getByText("接着上次没写完的内容").waitFor();
  await becomes(() => page.getByLabel("情况一句话").inputValue(), "写到一半");
  await close();
});

test("an error stands at its field and nothing typed is lost", { skip: realUrl !== null }, async () => {
  const { page, close } = await open(browser, { path: "/visit" });
  await page.getByLabel("日期").fill("不是日期");
  await page.getByLabel("情况一句话").fill("还在");
  await page.getByRole("combobox", { name: /^户/ }).click();
  await page.getByRole("option", { name: "公共场所" }).click();
  await page.getByRole("radio", { name: "无", exact: true }).check();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  const alert = page.getByText(/看不懂这个日期/);
  await alert.waitFor();
  await matches(() => page.getByLabel("日期").getAttribute("aria-describedby"), /error/);
  await becomes(() => page.getByLabel("情况一句话").inputValue(), "还在");
  await close();
});

test("what the node refuses in a folded field is shown there, with the focus", { skip: realUrl !== null }, async () => {
  const { page, mock, close } = await open(browser, { path: "/visit" });
  const name = mock.state.households[0].name;
  await page.getByRole("combobox", { name: /^户/ }).click();
  await page.getByRole("option", { name: "公共场所" }).click();
  await page.getByText("更多", { exact: true }).click();
  await page.getByLabel("地点").fill(`${name}家院子`);
  await page.getByText("更多", { exact: true }).click();
  await page.getByRole("radio", { name: "无", exact: true }).check();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText(`往上报的文字里有“${name}”`).waitFor();
  await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent === "地点");
  await becomes(() => page.getByLabel("地点").isVisible(), true);
  await close();
});

test("a text for above that names a household is saved on a person's word, and not lost before", { skip: realUrl !== null }, async () => {
  const { page, mock, faults, close } = await open(browser, { path: "/visit" });
  mock.state.households[0].name = "敬老院";
  await page.getByLabel("情况一句话").fill("到敬老院看望老人");
  await page.getByRole("combobox", { name: /^户/ }).click();
  await page.getByRole("option", { name: "公共场所" }).click();
  await page.getByRole("radio", { name: "无", exact: true }).check();
  const keep = page.getByRole("button", { name: "确认保留并留痕" });
  const saves = () => mock.state.calls.filter((call) => call.name === "visit.save").map((call) => call.input.keepMatches);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText(/是户主姓名或电话/).waitFor();
  await becomes(() => keep.count(), 1, "the choice stands once, at the field");
  await becomes(() => page.getByLabel("情况一句话").inputValue(), "到敬老院看望老人");

  // What is typed on takes the offer back; the focus stays where it is, and the node looks again.
  await page.getByLabel("情况一句话").press("End");
  await page.getByLabel("情况一句话").pressSequentially("们");
  await becomes(() => keep.count(), 0);
  await becomes(() => page.getByLabel("情况一句话").inputValue(), "到敬老院看望老人们");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await keep.click();
  await page.getByText("已保存", { exact: false }).first().waitFor();
  assert.deepEqual(saves(), [false, false, true]);
  await becomes(() => mock.state.visits.at(-1).situationText, "到敬老院看望老人们");
  assert.deepEqual(faults, []);
  await close();
});
