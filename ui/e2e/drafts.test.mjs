// What is typed and not yet saved: kept within a second while somebody goes on typing, in every long form, also when the node is
// killed (that with YBZ_BIN, which names the program).
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { becomes, launch, open, realUrl, settled } from "./browser.mjs";
import { bin, Node } from "./world/node.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const skipReal = realUrl !== null || bin === null ? "YBZ_BIN is not set: it names the program `ybz`" : false;
const saves = (mock, form) => mock.state.calls.filter((call) => call.name === "draft.save" && call.input.form === form).map((call) => call.input.value);
const dialog = (page) => page.getByRole("dialog");
const words = "老人说井边的路灯坏了三个星期晚上走路看不见请村里先报修再回来告诉他".repeat(3);

test("typing without a pause is kept up with", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/visits?tab=talks&draft=new" });
  t.after(close);
  await dialog(page).getByLabel("内容").click();
  // Keys follow one another faster than any pause that would be waited for.
  for (const word of words.slice(0, 60)) {
    await page.keyboard.insertText(word);
    await page.evaluate(() => new Promise((next) => { setTimeout(next, 50); }));
  }
  const kept = saves(mock, "talk").length;
  assert.ok(kept >= 2, `three seconds of typing were kept ${kept} times`);
  await becomes(() => saves(mock, "talk").at(-1)?.text, words.slice(0, 60));
});

test("a talk that Escape closed, and one of somebody, wait under 今日", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/visits?tab=talks&draft=new" });
  t.after(close);
  await dialog(page).getByLabel("内容").fill(words);
  await dialog(page).getByLabel("谈话人").fill("王甲一");
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  await becomes(() => mock.state.drafts.find((one) => one.form === "talk")?.value.text, words);
  await go("/");
  await page.getByRole("button", { name: "接着写" }).click();
  await dialog(page).getByText("接着上次没写完的内容。").waitFor();
  await becomes(() => dialog(page).getByLabel("内容").inputValue(), words);
  await dialog(page).getByRole("button", { name: "清空重写" }).click();
  await becomes(() => dialog(page).getByLabel("内容").inputValue(), "");
  await becomes(() => mock.state.drafts.some((one) => one.form === "talk"), false);
});

test("whom a pairing is about goes on with the rest of it", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/visits?tab=pairings" });
  t.after(close);
  const home = mock.state.households[0];
  await page.getByRole("button", { name: "结对", exact: true }).click();
  await dialog(page).getByLabel(/^户/).fill(`${home.name} ${home.door}`);
  await dialog(page).getByText(`已选 ${home.name}`).waitFor();
  await dialog(page).getByLabel("结对干部").fill("王甲一");
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  await becomes(() => mock.state.drafts.find((one) => one.form === "pairing")?.value.cadre, "王甲一");
  await go("/members");
  await go("/visits?tab=pairings");
  await page.getByRole("button", { name: "结对", exact: true }).click();
  await dialog(page).getByText(`已选 ${home.name}`).waitFor();
  await becomes(() => dialog(page).getByLabel(/^户/).inputValue(), home.name);
  await dialog(page).getByRole("button", { name: "保存" }).click();
  await dialog(page).waitFor({ state: "hidden" });
  await becomes(() => mock.state.pairings.at(-1).household, home.id);
  await becomes(() => mock.state.drafts.some((one) => one.form === "pairing"), false);
});

test("bases of everybody and grades are there after going elsewhere", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/dues?tab=standard", options: { twice: true } });
  t.after(close);
  await page.getByRole("button", { name: "全员核定" }).click();
  const bases = page.getByLabel(/^基数\(元\) · /);
  await bases.nth(0).fill("5001");
  await bases.nth(1).fill("5002");
  await go("/");
  await becomes(() => Object.keys(mock.state.drafts.find((one) => one.form === "assess_year")?.value.rows ?? {}).length, 2);
  await page.getByText("全员核定", { exact: false }).waitFor();
  await page.getByRole("button", { name: "接着写" }).click();
  await page.getByRole("button", { name: "全员核定" }).click();
  await becomes(() => bases.nth(0).inputValue(), "5001");
  await becomes(() => bases.nth(1).inputValue(), "5002");
  await page.getByRole("button", { name: "清空重写" }).click();
  await becomes(() => mock.state.drafts.length, 0);

  await go("/appraisal?id=f0008");
  const grades = page.locator(".grade-line select");
  await grades.nth(0).selectOption("excellent");
  await grades.nth(1).selectOption("qualified");
  await go("/members");
  await becomes(() => Object.keys(mock.state.drafts.find((one) => one.form === "appraisal")?.value.grades ?? {}).length, 2);
  await go("/appraisal?id=f0008");
  await page.getByText("接着上次没写完的内容。").waitFor();
  await becomes(() => grades.nth(0).inputValue(), "excellent");
  await page.getByRole("button", { name: "保存" }).click();
  await becomes(() => mock.state.drafts.length, 0);
});

test("the draft of a standard holds what was typed, and no base out of its seal", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/dues?tab=standard" });
  t.after(close);
  // Somebody whose base is known stands in the dialog with it.
  await page.getByRole("listitem").filter({ hasText: "× 1%" }).first().getByRole("button", { name: /^定标准 / }).click();
  await becomes(() => dialog(page).getByLabel(/^基数/).inputValue(), "4,500.00");
  const month = dialog(page).getByLabel(/^从哪个月起/);
  await month.fill("2026-05");
  await becomes(() => mock.state.drafts.map((one) => one.value), [{ fromMonth: "2026-05" }]);
});

// Dialogs and parts that open from a line: how each is opened, what is typed into it, and what stands there again.
const left = [
  ["a planned session", "/meeting-plan", "planned", (page) => page.getByRole("button", { name: /^改安排/ }).first(), "议题", "上廉洁党课"],
  ["a training", "/training", "training", (page) => page.getByRole("button", { name: "记一次培训" }), "内容", "县里集中轮训"],
  ["items of a resolution", "/meeting?id=f0000", "tasks", (page) => page.getByRole("button", { name: "把决议转成清单" }), "事项 1", "修好三组路灯"],
  ["a template", "/templates", "template", (page) => page.getByRole("button", { name: "自建模板" }), "模板名称", "我支部每月清单"],
  ["a remittance", "/dues?tab=remit", "remit", (page) => page.getByRole("button", { name: "记一次上缴" }), "备注", "一季度"],
  ["a member's standard", "/dues?tab=standard", "assess", (page) => page.getByRole("button", { name: /^定标准 / }).first(), "从哪个月起", "2026-05"],
];
for (const [what, path, form, button, label, text] of left) {
  test(`${what} that was left goes on from 今日, and begins anew on request`, { skip }, async (t) => {
    const { page, mock, go, faults, close } = await open(browser, { path });
    t.after(close);
    await button(page).focus();
    await page.keyboard.press("Enter");
    const field = page.getByLabel(label, { exact: false }).and(page.locator("input, textarea")).first();
    await field.waitFor();
    const clean = await field.inputValue();
    await field.fill(text);
    await becomes(() => JSON.stringify(mock.state.drafts.find((one) => one.form === form)?.value ?? "").includes(text), true);
    if (await dialog(page).isVisible()) {
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "hidden" });
    }
    await go("/");
    await page.getByRole("button", { name: "接着写" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("接着上次没写完的内容。").waitFor();
    await becomes(() => field.inputValue(), text);
    await page.getByRole("button", { name: "清空重写" }).focus();
    await page.keyboard.press("Enter");
    await becomes(() => field.inputValue(), clean);
    await becomes(() => mock.state.drafts.length, 0);
    assert.deepEqual(faults, []);
  });
}

test("a step of a village matter goes on where it was left, and is kept once it is saved", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/matters" });
  t.after(close);
  await page.getByRole("button", { name: "新增事项" }).click();
  await dialog(page).getByRole("textbox").first().fill("修村道");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "修村道" }).waitFor();
  await page.getByRole("button", { name: "记这一步 党员大会审议" }).click();
  await dialog(page).getByLabel("说明").fill("会上有人问路宽");
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  await becomes(() => mock.state.drafts.find((one) => one.form === "matter_step")?.value.note, "会上有人问路宽");
  await go("/");
  await page.getByRole("button", { name: "接着写" }).click();
  await becomes(() => dialog(page).getByLabel("说明").inputValue(), "会上有人问路宽");
  await dialog(page).getByLabel("日期").fill("0310");
  await dialog(page).getByRole("button", { name: "保存", exact: true }).click();
  await dialog(page).waitFor({ state: "hidden" });
  await becomes(() => mock.state.matters.at(-1).steps.members_review.note, "会上有人问路宽");
  await becomes(() => mock.state.drafts.length, 0);
});

test("killed while somebody types, the node gives back all but the last moment", { skip: skipReal }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "ybz-"));
  const node = new Node(folder, "branch");
  t.after(async () => {
    await node.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await mkdir(node.folder, { recursive: true });
  await node.cli("init", "--office", "示范一村党支部", "--kind", "branch");
  await node.serve();
  const first = await open(browser, { url: await node.url(), path: "/visits?tab=talks&draft=new" });
  t.after(first.close);
  await dialog(first.page).getByLabel("内容").click();
  const typed = [];
  const begun = performance.now();
  while (performance.now() - begun < 4_000) {
    const word = words[typed.length % words.length];
    await first.page.keyboard.insertText(word);
    typed.push({ word, at: performance.now() });
    await first.page.evaluate(() => new Promise((next) => { setTimeout(next, 60); }));
  }
  // In the midst of it, with no word of goodbye.
  const killed = performance.now();
  node.child.kill("SIGKILL");
  await node.stop();
  await node.serve();
  const drafts = await node.rpc("draft.list");
  const kept = drafts.find((one) => one.form === "talk")?.value.text ?? "";
  const whole = typed.map((one) => one.word).join("");
  // 700 ms and the way to the disk, on a machine that may be busy.
  const owed = typed.filter((one) => one.at < killed - 1_500).length;
  assert.ok(whole.startsWith(kept), kept);
  assert.ok(kept.length >= owed, `${kept.length} of ${whole.length} words are left, ${owed} were owed`);
  const again = await open(browser, { url: await node.url(), path: "/visits?tab=talks&draft=new" });
  t.after(again.close);
  await settled(again.page);
  await becomes(() => dialog(again.page).getByLabel("内容").inputValue(), kept);
});
