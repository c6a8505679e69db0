// A record that changes elsewhere, by another computer or because a step is undone, while its form is open or was open before.
import { after, before, test } from "node:test";
import { becomes, launch, matches, open, realUrl } from "./browser.mjs";

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

// What was typed into one record, whose screen then shows another by a new address alone.
const records = [
  ["member", "/member?id=ab0004", "/member?id=ab0005", /^姓名/],
  ["item", "/item?id=aa0001", "/item?id=aa0002", /^事项/],
  ["meeting", "/meeting?id=f0000", "/meeting?id=f0001", /^议题/],
];
for (const [form, first, second, label] of records) {
  test(`the draft of one record is not shown in another: ${form}`, { skip }, async (t) => {
    const { page, mock, go, close } = await open(browser, { path: second });
    t.after(close);
    const field = page.getByLabel(label).first();
    await field.waitFor();
    const other = await page.waitForFunction((one) => one.value, await field.elementHandle()).then((value) => value.jsonValue());
    await go(first);
    await matches(() => field.inputValue(), new RegExp(`^(?!${other}$).`));
    await field.fill("写了一半");
    await becomes(() => JSON.stringify(mock.state.drafts.find((one) => one.form === form)?.value ?? "").includes("写了一半"), true);
    await go("/");
    await go(first);
    await becomes(() => field.inputValue(), "写了一半");
    await go(second);
    await becomes(() => field.inputValue(), other);
    await becomes(() => page.getByText("接着上次没写完的内容。").count(), 0);
    await becomes(() => page.getByText(/^这条记录刚才在别处改过/).count(), 0);
    await field.fill(`${other}二`);
    await becomes(() => mock.state.drafts.filter((one) => one.form === form).map((one) => one.key), [first, second].map((path) => path.split("=")[1]));
  });
}

test("a meeting that is begun anew begins with what the record says by now", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/meeting?id=f0000" });
  t.after(close);
  const field = page.getByLabel(/^议题/).first();
  const told = page.getByText(/^这条记录刚才在别处改过/);
  const topic = (text) => {
    mock.state.sessions.find((one) => one.id === "f0000").topic = text;
    mock.state.touch("session");
  };
  await becomes(() => field.inputValue(), "研究月度工作");
  await field.fill("自己写的");
  await becomes(() => mock.state.drafts.map((one) => one.value.topic), ["自己写的"]);
  await go("/");
  await go("/meeting?id=f0000");
  await becomes(() => field.inputValue(), "自己写的");
  topic("别人写的");
  await told.waitFor();
  await becomes(() => field.inputValue(), "自己写的");
  await page.getByRole("button", { name: "清空重写" }).click();
  await becomes(() => field.inputValue(), "别人写的");
  await becomes(() => told.count(), 0);
  await becomes(() => mock.state.drafts.length, 0);
  // It follows again until something is typed, and says so then.
  topic("又改了");
  await becomes(() => field.inputValue(), "又改了");
  await field.fill("还是自己写的");
  topic("第三次");
  await told.waitFor();
  await becomes(() => field.inputValue(), "还是自己写的");
});

test("half a name stays when the visit changes elsewhere", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/visit?id=ee0000" });
  t.after(close);
  await page.getByRole("button", { name: "其他人" }).click();
  const name = page.getByLabel("其他参加人姓名");
  await name.fill("周");
  written(mock, "别人写的");
  await page.getByText(/^这条记录刚才在别处改过/).waitFor();
  await becomes(() => name.inputValue(), "周");
});

test("a form that begins anew keeps the focus where it had it, and takes it from nothing else", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/item?id=aa0001" });
  t.after(close);
  const title = page.getByLabel(/^事项/).first();
  const at = (one) => becomes(() => one.evaluate((element) => element === document.activeElement), true);
  const rename = async (text) => {
    mock.state.items.find((one) => one.id === "aa0001").title = text;
    mock.state.touch("checklist");
    await becomes(() => title.inputValue(), text);
  };
  await at(title);
  await rename("改了一次");
  await at(title);
  const history = page.getByRole("button", { name: /^历史/ }).first();
  await history.focus();
  await rename("改了两次");
  await at(history);
});
