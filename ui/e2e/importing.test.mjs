import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

test("a long import tells how far it is, and is called off with nothing written", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/import" });
  t.after(close);
  mock.state.slowImport = true;
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "选文件" }).click();
  await (await chooser).setFiles({ name: "党员名册.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("made up") });
  await page.getByRole("button", { name: "看预览" }).click();
  await page.getByRole("radio", { name: "不导入" }).check();
  await page.getByRole("button", { name: "写入" }).click();
  await page.getByText("正在准备记录:4200 / 10000").waitFor();
  await page.getByRole("region", { name: "正在导入" }).getByRole("button", { name: "取消" }).click();
  await page.getByText("已取消导入,什么都没有写。").waitFor();
  const [commit] = mock.state.calls.filter((call) => call.name === "import.commit");
  const [cancel] = mock.state.calls.filter((call) => call.name === "import.cancel");
  assert.equal(cancel.input.token, commit.input.token);
  // The preview is still there, to try again.
  mock.state.slowImport = false;
  await page.getByRole("button", { name: "写入" }).click();
  await page.getByRole("heading", { name: "导入完成" }).waitFor();
});
