// Opens pages for the browser tests: against the stand-in node, or against YBZ_UI_URL when it is given.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { startMock } from "./mock/server.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The address of a real node, whose data the tests that count on made-up names cannot use. */
export const realUrl = process.env.YBZ_UI_URL ?? null;

/**
 * How many times slower the page computes, and the stand-in answers, than here: YBZ_UI_SLOW=6 shows which test
 * counts on a fast machine.
 */
const SLOW = Number(process.env.YBZ_UI_SLOW ?? 1);

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
}

/** One page on its own stand-in node, or on the real one at `url`. */
export async function open(browser, { role = "branch", width = 1280, height = 800, path = "/", options = {}, init, url = realUrl } = {}) {
  const mock = url ? null : await startMock({ role, ...options });
  const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN", reducedMotion: "reduce", permissions: [] });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  if (SLOW > 1) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOW });
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  if (init) await page.addInitScript(init);
  const base = url ?? mock.url;
  await page.goto(`${base}#${path}`);
  await page.locator("h1").first().waitFor();
  return {
    page, mock, faults,
    go: async (to) => {
      await page.evaluate((hash) => { location.hash = hash; }, to);
      await page.waitForFunction((hash) => location.hash === `#${hash}`, to);
      await settled(page);
    },
    close: async () => {
      await context.close();
      await mock?.stop();
    },
  };
}

/** As long as a locator waits. */
const PATIENCE = 15_000 * SLOW;
/** Between two looks, when nothing tells that something has changed. */
const LOOK = 25;

/** Looks until nothing is thrown. What is on the screen or was asked of the node right after an action says nothing yet. */
async function until(look) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await look();
    } catch (fault) {
      if (performance.now() > end) throw fault;
    }
    await new Promise((again) => { setTimeout(again, LOOK); });
  }
}

/** Asks until the answer is as wanted; a test that fails says what it was in the end. */
export function becomes(ask, wanted, message) {
  return until(async () => assert.deepEqual(await ask(), wanted, message));
}

/** The same for a text that is like something. */
export function matches(ask, like, message) {
  return until(async () => assert.match(await ask(), like, message));
}

/** Waits until the screen has its heading and nothing says that it is being opened. */
export async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => ![...document.querySelectorAll(".blank")].some((one) => /正在打开|Opening/.test(one.textContent ?? "")));
}

/** Counts key actions; text typed into a field counts nothing. */
export function keyboard(page) {
  let actions = 0;
  return {
    get actions() {
      return actions;
    },
    /** Tabs until the focus is on what the words describe; every Tab counts. */
    async tabTo(words) {
      for (let n = 0; n < 80; n += 1) {
        actions += 1;
        await page.keyboard.press("Tab");
        if (words.test(await focusWords(page))) return;
      }
      throw new Error(`Tab never came to ${words}`);
    },
    async press(...keys) {
      for (const key of keys) {
        actions += 1;
        await page.keyboard.press(key);
      }
    },
    type: (text) => page.keyboard.insertText(text),
  };
}

/** The words of the control that has the focus. */
export function focusWords(page) {
  return page.evaluate(() => {
    const one = document.activeElement;
    return one?.getAttribute("aria-label") ?? one?.labels?.[0]?.textContent ?? one?.textContent ?? "";
  });
}

/** Findings of axe that are serious or worse. */
export async function seriousFindings(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  return result.violations
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary?.split("\n")[1] ?? ""}`).slice(0, 3).join(" | ")}`);
}

/** Pixels by which the page is wider than the window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
