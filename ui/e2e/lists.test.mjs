// Every list with no row, with one, with a page and with fifty thousand: the page holds what was asked for, and Enter brings more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, focusWords, launch, open, overflow, realUrl, settled } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const many = 50_000;

const lists = [
  ["branch", "/visits", "visit.list"],
  ["branch", "/visits?tab=concerns", "concern.list"],
  ["branch", "/visits?tab=pairings", "pairing.list"],
  ["branch", "/visits?tab=talks", "talk.list"],
  ["branch", "/meetings", "meeting.list"],
  ["branch", "/checklists", "checklist.list"],
  ["branch", "/members", "member.list"],
  ["branch", "/members?tab=mobile", "mobile.list"],
  ["branch", "/members?tab=admission", "admission.list"],
  ["branch", "/members?tab=transfer", "transfer.list"],
  ["branch", "/training", "training.list"],
  ["committee", "/merged?ledger=visits", "merged.list"],
  ["committee", "/concerns", "answer.list"],
];

const rows = (page) => page.locator("main ul.list > li");
/** Rows of the list itself; other lists of the screen are short. */
const shown = (page, name, mock) => mock.state.calls.filter((call) => call.name === name).at(-1)?.input;

for (const [role, path, name] of lists) {
  test(`${path} with 0, 1, 50 and 50,000 rows`, { skip }, async (t) => {
    const { page, mock, faults, close } = await open(browser, { role, path });
    t.after(close);
    await settled(page);
    for (const total of [0, 1, 50, many]) {
      mock.state.rows = total;
      mock.state.touch("*");
      // One size after the other: the same page has to take each of them.
      // oxlint-disable-next-line no-await-in-loop
      await page.reload();
      // oxlint-disable-next-line no-await-in-loop
      await settled(page);
      if (total === 0) {
        // oxlint-disable-next-line no-await-in-loop
        await page.locator(".blank").first().waitFor();
      } else {
        // oxlint-disable-next-line no-await-in-loop
        await page.getByText(`共 ${total} 条`).or(page.getByText(`共 ${total} 人`)).first().waitFor();
      }
      // oxlint-disable-next-line no-await-in-loop
      assert.ok((await rows(page).count()) <= Math.min(total, 50) + 20, `${total}: a page and what else the screen lists`);
    }
    assert.equal(shown(page, name, mock).limit, 50);
    const first = await rows(page).count();
    const more = page.getByRole("button", { name: /^再显示 50 条/ });
    await more.focus();
    await page.keyboard.press("Enter");
    await becomes(() => rows(page).count(), first + 50, "Enter brings the next page");
    await becomes(() => shown(page, name, mock).offset, 50);
    assert.match(await focusWords(page), /再显示/, "the focus stays where the next Enter goes on");
    await page.keyboard.press("Enter");
    await becomes(() => rows(page).count(), first + 100);
    await page.setViewportSize({ width: 360, height: 740 });
    await becomes(async () => (await overflow(page)) <= 0, true, "fits 360 pixels");
    assert.deepEqual(faults, []);
  });
}

test("dues of 50,000 members are looked at and collected page by page, with the sums of all", { skip }, async (t) => {
  const { page, mock, go, faults, close } = await open(browser, { path: "/dues" });
  t.after(close);
  mock.state.rows = many;
  await page.reload();
  const pages = page.getByRole("navigation", { name: "各页" });
  const asked = () => shown(page, "dues.sheet", mock);
  await pages.getByText("第 1–300 条,共 50000 条").waitFor();
  await becomes(() => page.locator(".dues-grid tbody tr").count(), 300);
  assert.equal(await pages.getByRole("button", { name: "上一页" }).isDisabled(), true);
  const month = page.getByLabel("收哪个月");
  await month.selectOption("12");
  await pages.getByRole("button", { name: "下一页" }).focus();
  await page.keyboard.press("Enter");
  // The rows of that page, not only its number.
  await page.locator(".dues-grid tbody tr").first().getByRole("button", { name: /301$/ }).waitFor();
  await pages.getByText("第 301–600 条,共 50000 条").waitFor();
  await becomes(() => asked().offset, 300);
  await becomes(() => month.inputValue(), "12", "the month stays from page to page");
  await page.getByRole("button", { name: "本月全收" }).focus();
  await page.keyboard.press("Enter");
  await becomes(() => page.locator(".dues-grid [role=checkbox]").count(), 300);
  await becomes(() => page.evaluate(() => document.activeElement?.getAttribute("role")), "checkbox");
  await page.keyboard.press("ArrowDown");
  await becomes(() => page.evaluate(() => document.activeElement?.getAttribute("data-cell")?.split("-")[0]), "1");
  const filter = page.getByLabel("查姓名");
  await becomes(() => filter.isDisabled(), true, "while something is ticked the page stays");
  await becomes(() => pages.getByRole("button", { name: "下一页" }).isDisabled(), true);
  // A name is found among all, and its page begins anew.
  await page.getByRole("button", { name: "取消" }).focus();
  await page.keyboard.press("Enter");
  await filter.fill("王");
  await becomes(() => [asked().text, asked().offset], ["王", 0]);
  // The field stays where one types, also where so few are left that it would not have been there.
  mock.state.rows = undefined;
  mock.state.touch("dues");
  await filter.fill("没有这个人");
  await page.getByText("没有这样的党员,换个名字再找").waitFor();
  await filter.fill("");
  await becomes(() => page.locator(".dues-grid tbody tr").count(), 50);
  assert.equal(await filter.isVisible(), true);
  mock.state.rows = many;
  await becomes(async () => (await overflow(page)) <= 0, true, "fits its window");
  await go("/training");
  await pages.getByText("第 1–300 条,共 50000 条").waitFor();
  assert.deepEqual(faults, []);
});
