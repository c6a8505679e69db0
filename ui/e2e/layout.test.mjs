import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, overflow, realUrl, seriousFindings, settled } from "./browser.mjs";
import { screens } from "./screens.mjs";
import { newMockFor } from "./roles.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

async function show(screen, view) {
  const opened = await open(browser, { ...newMockFor(screen.role), path: screen.path, ...view, options: { ...newMockFor(screen.role).options, ...view.options } });
  await settled(opened.page);
  await screen.act?.(opened.page);
  return opened;
}

for (const screen of screens) {
  test(`${screen.name} has no serious accessibility finding`, { skip }, async () => {
    const { page, faults, close } = await show(screen, {});
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(faults, [], "the console is quiet and the content policy holds");
    await close();
  });

  test(`${screen.name} fits 360 px, also in large type`, { skip }, async () => {
    for (const largeType of [false, true]) {
      const { page, close } = await show(screen, { width: 360, height: 740, options: { largeType } });
      assert.ok((await overflow(page)) <= 0, `wider than the window in ${largeType ? "large" : "normal"} type`);
      await close();
    }
  });

  test(`${screen.name} fits with text at 200 %`, { skip }, async () => {
    const init = () => document.addEventListener("readystatechange", () => { document.documentElement.style.fontSize = "200%"; }, { once: true });
    const { page, close } = await show(screen, { width: 1280, height: 800, init });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), "32px");
    assert.ok((await overflow(page)) <= 0);
    await close();
  });
}
