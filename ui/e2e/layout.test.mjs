import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { becomes, launch, open, overflow, realUrl, seriousFindings, settled } from "./browser.mjs";
import { screens } from "./screens.mjs";
import { newMockFor } from "./roles.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;

async function show(screen, view) {
  const opened = await open(browser, { ...newMockFor(screen.role), path: screen.path, ...view });
  await settled(opened.page);
  await screen.act?.(opened.page);
  return opened;
}

for (const screen of screens) {
  // One page for several looks: opening it is what takes the time.
  test(`${screen.name} has no serious accessibility finding and fits 360 px, also in large type`, { skip }, async () => {
    const { page, mock, faults, close } = await show(screen, {});
    assert.deepEqual(await seriousFindings(page), []);
    await page.setViewportSize({ width: 360, height: 740 });
    assert.ok((await overflow(page)) <= 0, "wider than the window in normal type");
    mock.state.settings.largeType = true;
    mock.state.touch("settings");
    // Settings are in the books, too: before they open, only the size itself can be tried.
    if (screen.role === "locked" || screen.role === "shared") await page.evaluate(() => document.documentElement.classList.add("large-type"));
    await page.locator("html.large-type").waitFor({ state: "attached" });
    assert.ok((await overflow(page)) <= 0, "wider than the window in large type");
    assert.deepEqual(faults, [], "the console is quiet and the content policy holds");
    await close();
  });

  test(`${screen.name} fits with text at 200 %`, { skip }, async () => {
    const init = () => document.addEventListener("readystatechange", () => { document.documentElement.style.fontSize = "200%"; }, { once: true });
    const { page, close } = await show(screen, { width: 1280, height: 800, init });
    await becomes(() => page.evaluate(() => getComputedStyle(document.body).fontSize), "32px");
    assert.ok((await overflow(page)) <= 0);
    await close();
  });
}
