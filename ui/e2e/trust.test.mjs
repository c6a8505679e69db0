import { after, before, test } from "node:test";
import { becomes, focusWords, keyboard, launch, matches, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

test("a record's history opens and closes by keyboard, and says what nobody vouches for", { skip }, async () => {
  const { page, mock, close } = await open(browser, { path: "/visit?id=ee0000" });
  const keys = keyboard(page);
  await page.getByRole("button", { name: "历史", exact: true }).focus();
  await keys.press("Enter");
  const dialog = page.getByRole("dialog", { name: "历史" });
  await dialog.getByText("祠堂", { exact: true }).waitFor();
  await matches(() => dialog.getByRole("alert").textContent(), /有的值对不上签名或权限/);
  await dialog.getByText("没有签名", { exact: true }).waitFor();
  await dialog.getByText(/李乙二 · 电脑 2eb2a03d · 声明:王甲一 · 2026年3月7日/).waitFor();
  await becomes(() => mock.state.calls.find((call) => call.name === "record.history").input, { id: "ee0000", book: null });
  await becomes(() => focusWords(page), "关闭");
  await keys.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await becomes(() => page.getByRole("heading", { name: "走访记录", level: 1 }).count(), 1, "the page is still there");
  await close();
});

test("a history inside another window closes alone", { skip }, async () => {
  const { page, close } = await open(browser, { path: "/visits?tab=concerns&id=dd0001" });
  const outer = page.getByRole("dialog").first();
  await outer.getByRole("button", { name: "历史", exact: true }).click();
  const inner = page.getByRole("dialog", { name: "历史" });
  await inner.getByText("私密备注:家里老人行动不便").waitFor();
  await page.keyboard.press("Escape");
  await inner.waitFor({ state: "detached" });
  await outer.getByRole("button", { name: "历史", exact: true }).waitFor();
  await close();
});

test("of a long roll only what changed is shown until all is asked for", { skip }, async () => {
  const { page, close } = await open(browser, { path: "/meeting?id=f0001" });
  await page.getByRole("button", { name: "历史", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "历史" });
  await dialog.getByRole("heading", { name: /^出勤 / }).waitFor();
  await becomes(() => dialog.getByRole("heading", { level: 3 }).count(), 3);
  await dialog.getByLabel("只看改过的").uncheck();
  await dialog.getByRole("heading", { level: 3 }).nth(50).waitFor();
  await close();
});

test("changes without effect say why and what to do, and are tried again", { skip }, async () => {
  const { page, mock, close } = await open(browser, { role: "committee", path: "/sync" });
  const part = page.getByRole("region", { name: "没有生效的改动" });
  await part.getByText(/给这台电脑发证书/).waitFor();
  await part.getByText(/不要照它办理/).waitFor();
  await part.getByRole("button", { name: "再试一次" }).click();
  await part.getByText("试了 5 条:接收 4 条,读进 5 条,还有 2 条没有生效。").waitFor();
  await part.getByText(/给这台电脑发证书/).waitFor({ state: "detached" });
  await becomes(() => part.getByRole("button", { name: "再试一次" }).count(), 0, "what is left does not come right by trying");
  await becomes(() => mock.state.calls.filter((call) => call.name === "sync.retry_troubles").length, 1);
  await close();
});

test("what leaves is shown before joining, in short and whole, and on a page of its own", { skip }, async () => {
  const { page, go, close } = await open(browser, { path: "/join", options: { alone: true } });
  const brief = page.getByRole("region", { name: "哪些内容会离开本机" });
  await brief.getByText(/不离开本单位的.*户和党费基数、私密备注和未上报的诉求/).waitFor();
  await brief.getByRole("button", { name: "看全部" }).click();
  const dialog = page.getByRole("dialog", { name: "哪些内容会离开本机" });
  await dialog.getByText("还没有加入上级").waitFor();
  await dialog.getByText(/加密:户主、门牌、电话、备注/).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await go("/sync");
  await page.getByRole("link", { name: "哪些内容会离开本机" }).click();
  await page.getByRole("heading", { name: "哪些内容会离开本机", level: 1 }).waitFor();
  await page.emulateMedia({ media: "print" });
  await becomes(() => page.getByRole("button", { name: "打印" }).isVisible(), false, "paper has no buttons");
  await becomes(() => page.getByText("应到").first().isVisible(), true);
  await close();
});

test("what leaves can be read before there is any office", { skip }, async () => {
  const { page, close } = await open(browser, { role: "empty" });
  await page.getByRole("button", { name: "用邀请加入" }).click();
  await page.getByRole("region", { name: "哪些内容会离开本机" }).getByText(/送给上级看的.*党员名册/).waitFor();
  await close();
});
