// A record that changes elsewhere, by another computer or because a step is undone, while its form is open or was open before.
import { after, before, test } from "node:test";
import { becomes, launch, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

/** Somebody else changes the visit; the page hears of it as of any change. */
function written(mock, text) {
  mock.state.visits.find((one) => one.id === "ee0000").situationText = text;
  mock.state.touch("visit");
}

test("a form that was left and comes back begins with what the record says now", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/visit?id=ee0000" });
  t.after(close);
  const field = page.getByLabel(/^情况一句话/);
  await field.waitFor();
  await go("/visits");
  written(mock, "孩子回来了");
  await page.getByText("孩子回来了").first().waitFor();
  await go("/visit?id=ee0000");
  await becomes(() => field.inputValue(), "孩子回来了");
});

test("an open form follows the record until somebody types; then it stays and says so", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/visit?id=ee0000" });
  t.after(close);
  const field = page.getByLabel(/^情况一句话/);
  await field.waitFor();
  written(mock, "孩子回来了");
  await becomes(() => field.inputValue(), "孩子回来了");
  const told = page.getByText(/^这条记录刚才在别处改过/);
  await becomes(() => told.count(), 0);
  await field.fill("自己写的");
  written(mock, "别人写的");
  await told.waitFor();
  await becomes(() => field.inputValue(), "自己写的");
});

test("what is left of a further concern opens where it was typed", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/visit?id=ee0000" });
  t.after(close);
  await page.getByRole("button", { name: "再记一条诉求" }).click();
  const text = page.getByRole("dialog").getByLabel(/^上报内容/);
  await text.fill("井盖破了");
  await becomes(() => mock.state.calls.some((call) => call.name === "draft.save" && call.input.form === "concern_add" && JSON.stringify(call.input.value).includes("井盖破了")), true);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await go("/");
  await page.getByRole("button", { name: "接着写" }).click();
  await becomes(() => text.inputValue(), "井盖破了");
});
