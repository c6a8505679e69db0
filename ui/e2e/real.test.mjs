// Against a real node: YBZ_UI_URL is the address that `ybz serve --ui` printed, with its one-time token.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, open, overflow, realUrl, seriousFindings, settled } from "./browser.mjs";

test("a real node: first use where it is new, then every screen of a branch", { skip: realUrl === null }, async () => {
  const browser = await launch();
  try {
    const { page, faults, go } = await open(browser);
    if ((await page.getByRole("button", { name: "建账" }).count()) > 0) {
      await page.getByLabel("机构名称").fill("某街道甲村党支部");
      await page.getByRole("button", { name: "建账" }).click();
      await page.getByRole("button", { name: "跳过" }).click();
      await page.getByRole("button", { name: "先看今日" }).click();
    }
    for (const path of ["/", "/visits", "/visit", "/hand-in", "/meetings", "/meeting", "/roll", "/dues", "/checklists", "/item", "/members", "/member", "/import", "/sync", "/join", "/conflicts", "/settings", "/leaves", "/devices", "/handover", "/sheets", "/security", "/roles", "/log", "/org"]) {
      await go(path);
      await settled(page);
      assert.deepEqual(await seriousFindings(page), [], path);
      assert.ok((await overflow(page)) <= 0, path);
    }

    await go("/visit");
    await page.getByRole("combobox", { name: /^户/ }).fill("张甲一");
    await page.getByRole("option", { name: /新户/ }).click();
    await page.getByRole("button", { name: /其他人/ }).click();
    await page.getByLabel("其他参加人姓名").fill("王甲一");
    await page.keyboard.press("Enter");
    await page.getByRole("radio", { name: "无", exact: true }).check();
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByText(/^已保存/).waitFor();
    await page.getByText("张甲一").first().waitFor();
    assert.deepEqual(faults, [], "the console is quiet");
  } finally {
    await browser.close();
  }
});
