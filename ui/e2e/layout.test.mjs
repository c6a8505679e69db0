import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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

/** The routes of the program, as its router has them. */
const routes = [...readFileSync(new URL("../src/app/router.tsx", import.meta.url), "utf8").matchAll(/^  path: "([^"]+)",$/gm)].map((match) => match[1]);

test("every route is among the screens that are looked at", { skip }, () => {
  assert.ok(routes.length > 40);
  const looked = new Set(screens.map((screen) => screen.path.split("?")[0]));
  // An address of before, which leads elsewhere.
  const moved = new Set(["/cases"]);
  assert.deepEqual(routes.filter((route) => !looked.has(route) && !moved.has(route)), []);
});

for (const screen of screens) {
  // One page for several looks: opening it is what takes the time.
  test(`${screen.name} has no serious accessibility finding and fits 360 px, also in large type`, { skip }, async () => {
    const { page, mock, faults, close } = await show(screen, {});
    assert.deepEqual(await seriousFindings(page), [], "light");
    // Before the books open there are no settings: the system's wish alone is followed.
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    assert.deepEqual(await seriousFindings(page), [], "dark");
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
