import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { keyboard, launch, open, overflow, realUrl } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());
const skip = realUrl !== null;
const called = (mock, name) => mock.state.calls.filter((call) => call.name === name).map((call) => call.input);
const kinds = ["meetings", "dues_ledger", "dues_notice", "board", "visits", "visit_ledger", "rectification", "checklist"];
/** Counts how often the window was asked to print. */
const counted = () => { globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1; }; };
const printed = (page, n) => page.waitForFunction((wanted) => globalThis.printed === wanted, n);
/** Pages of a PDF: its page objects, which Chromium writes uncompressed. */
const pages = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
/** Width and height of the first page in points. */
const size = (pdf) => (/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf.toString("latin1")) ?? []).slice(1, 3).map((side) => Math.round(Number(side)));

test("a sheet is chosen, looked at, printed and exported by keyboard", { skip }, async (t) => {
  const { page, mock, close } = await open(browser, { path: "/", init: counted });
  t.after(close);
  const keys = keyboard(page);
  await page.getByRole("link", { name: "打印导出", exact: true }).focus();
  await keys.press("Enter");
  await page.getByRole("heading", { name: "2026年三会一课记录本" }).first().waitFor();
  await page.getByLabel("表册").focus();
  await page.getByLabel("表册").selectOption("dues_ledger");
  await page.getByRole("heading", { name: "2026年党费台账" }).waitFor();
  await page.getByText("有“只留本村”的内容", { exact: false }).waitFor();
  await page.getByRole("cell", { name: "1,455.24" }).waitFor();
  await page.getByRole("button", { name: "打印", exact: true }).focus();
  await keys.press("Enter");
  await printed(page, 1);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出 Excel" }).focus();
  await keys.press("Enter");
  assert.equal((await download).suggestedFilename(), "2026年党费台账-示范一村-2026-03-20.xlsx");
  const [input] = called(mock, "sheet.export");
  assert.deepEqual({ kind: input.kind, record: input.record, limit: input.limit }, { kind: "dues_ledger", record: null, limit: null });
});

test("months and one record are chosen, and a screen leads to the sheet of its record", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { path: "/sheets?tab=meetings", init: counted });
  t.after(close);
  await page.getByRole("heading", { name: "2026年三会一课记录本" }).first().waitFor();
  await page.getByLabel("从", { exact: true }).selectOption("3");
  await page.waitForFunction(() => document.querySelectorAll(".paper-part").length === 2);
  const asked = () => called(mock, "sheet.get").at(-1);
  assert.deepEqual([asked().fromMonth, asked().toMonth, asked().limit], [3, 12, 200]);
  await page.getByLabel("哪一次").selectOption("meetings-2");
  await page.waitForFunction(() => document.querySelectorAll(".paper-part").length === 1);
  assert.deepEqual([asked().record, asked().fromMonth], ["meetings-2", null]);
  await page.getByText("道路硬化方案:有表决权4人", { exact: false }).waitFor();
  await go("/meeting?id=f0000");
  // The menu has a link of this name, too: the screen's own names the record.
  await page.getByRole("link", { name: "打印导出" }).and(page.locator('[href$="/sheets?tab=meetings&id=f0000"]')).waitFor();
  for (const [path, kind] of [["/dues?tab=notice", "dues_notice"], ["/checklists?tab=rectification", "rectification"], ["/visits", "visit_ledger"], ["/visit?id=ee0000", "visits"]]) {
    await go(path);
    await page.locator(`a[href*="/sheets?tab=${kind}"]`).waitFor();
  }
});

test("a long ledger is shown in part, and printed whole with its header on each page", { skip }, async (t) => {
  const { page, mock, go, close } = await open(browser, { init: counted });
  t.after(close);
  mock.state.sheetRows = 260;
  await go("/sheets?tab=rectification");
  await page.getByText("这里先显示一部分,还有 60 行", { exact: false }).waitFor();
  // Printed by the browser's own key it is a part alone, and the paper says so.
  const cut = page.getByText("不完整:这里只印了一部分,还有 60 行", { exact: false });
  assert.equal(await cut.isVisible(), false);
  await page.emulateMedia({ media: "print" });
  await cut.waitFor();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "打印", exact: true }).click();
  await printed(page, 1);
  await page.waitForFunction(() => document.querySelectorAll(".paper-table tbody tr").length === 260);
  assert.equal(called(mock, "sheet.get").at(-1).limit, null);
  assert.equal(await cut.count(), 0, "whole, it says nothing");
  const pdf = await page.pdf({ preferCSSPageSize: true, ...(process.env.YBZ_PDF_DIR ? { path: `${process.env.YBZ_PDF_DIR}/long.pdf` } : {}) });
  assert.deepEqual(size(pdf), [842, 595], "A4 on its side");
  assert.ok(pages(pdf) > 5, `${pages(pdf)} pages`);
});

for (const kind of kinds) {
  test(`${kind} prints on A4 without the frame, black on white in every theme`, { skip }, async (t) => {
    const { page, close } = await open(browser, { path: `/sheets?tab=${kind}` });
    t.after(close);
    await page.locator(".paper-part").first().waitFor();
    const parts = await page.locator(".paper-part").count();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const gone of [".nav", ".frame-bar", "h1", ".fields", ".row button"]) {
      assert.equal(await page.locator(gone).filter({ visible: true }).count(), 0, gone);
    }
    const colours = await page.locator(".paper td").first().evaluate((one) => {
      const paper = getComputedStyle(one.closest(".paper"));
      return [getComputedStyle(one).color, paper.backgroundColor, getComputedStyle(document.body).backgroundColor];
    });
    assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(255, 255, 255)"]);
    assert.ok((await overflow(page)) <= 0);
    const pdf = await page.pdf({ preferCSSPageSize: true, ...(process.env.YBZ_PDF_DIR ? { path: `${process.env.YBZ_PDF_DIR}/${kind}.pdf` } : {}) });
    const lying = ["dues_ledger", "visit_ledger", "rectification", "checklist"].includes(kind);
    assert.deepEqual(size(pdf), lying ? [842, 595] : [595, 842]);
    assert.equal(pages(pdf), parts, "a page each");
  });
}

test("the handover sheet is one page with room to sign", { skip }, async (t) => {
  const { page, close } = await open(browser, { path: "/handover" });
  t.after(close);
  for (const who of ["移交人:", "接收人:", "监交人:"]) await page.getByText(who, { exact: true }).waitFor();
  const pdf = await page.pdf({ preferCSSPageSize: true, ...(process.env.YBZ_PDF_DIR ? { path: `${process.env.YBZ_PDF_DIR}/handover.pdf` } : {}) });
  assert.deepEqual([size(pdf), pages(pdf)], [[595, 842], 1]);
});
