// Pictures of the screens of a real world, made by the program YBZ_BIN, into the folder YBZ_SHOTS.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, open, settled } from "../browser.mjs";
import { fillMonth } from "./month.mjs";
import { startWorld } from "./world.mjs";

const branchScreens = (made) => [
  ["today", "/"], ["visits", "/visits"], ["visits-household", "/visits?tab=household"], ["concerns", "/visits?tab=concerns"],
  ["visit", "/visit", async (page) => page.getByRole("radio", { name: "有", exact: true }).check()], ["hand-in", "/hand-in"],
  ["meetings", "/meetings"], ["meeting", `/meeting?id=${made[0]}`], ["roll", `/roll?id=${made[5]}`],
  ["rule", `/roll?id=${made[0]}`, async (page) => page.getByRole("button", { name: "看规则" }).click()],
  ["dues", "/dues"], ["dues-collect", "/dues", (page) => page.getByRole("button", { name: "本月全收" }).click()], ["dues-standard", "/dues?tab=standard"],
  ["dues-assess", "/dues?tab=standard", async (page) => { await page.getByRole("button", { name: /^定标准/ }).nth(1).click(); }],
  ["checklists", "/checklists"], ["checklists-above", "/checklists?tab=superior"], ["item", "/item"], ["members", "/members"], ["member", "/member"], ["import", "/import"], ["sync", "/sync"],
  ["org", "/org"], ["org-device", "/org", async (page) => { await page.getByRole("button", { name: "邀请本单位的电脑" }).click(); await page.getByRole("button", { name: "生成邀请" }).waitFor(); }],
  ["conflicts", "/conflicts"], ["settings", "/settings"],
];
const streetScreens = [
  ["street-today", "/"], ["matrix", "/matrix"], ["matrix-visits", "/matrix?ledger=visits"], ["merged", "/merged"], ["merged-concerns", "/merged?ledger=concerns"], ["merged-meetings", "/merged?ledger=meetings"],
  ["merged-dues", "/merged?ledger=dues"], ["dispatch", "/dispatch"], ["street-org", "/org"], ["street-sync", "/sync"], ["snapshots-street", "/snapshots"],
  ["snapshot-preview", "/snapshots", async (page) => { await page.getByRole("button", { name: "看将要上报" }).click(); await page.getByRole("button", { name: "签名并上报" }).waitFor(); }],
  ["street-org-invite", "/org", async (page) => { await page.getByRole("button", { name: "邀请下级" }).click(); await page.getByLabel("下级名称").fill("示范四村党支部"); await page.getByRole("button", { name: "生成邀请" }).click(); await page.locator(".ticket-text").waitFor(); }],
];
const departmentScreens = [
  ["department-today", "/"], ["department-snapshots", "/snapshots"],
  ["department-snapshot", "/snapshots", async (page) => { await page.locator(".list a").first().click(); await page.getByRole("button", { name: "核验" }).click(); await page.getByText("全部相符").waitFor(); }],
  ["department-org", "/org"], ["department-sync", "/sync"], ["department-dispatch", "/dispatch"],
];

const folder = process.env.YBZ_SHOTS;
if (!folder) throw new Error("Set YBZ_SHOTS to a folder outside the repository.");
mkdirSync(folder, { recursive: true });
const only = process.argv.slice(2);
const [browser, world] = await Promise.all([launch(), startWorld()]);
try {
  const { made } = await fillMonth(world);
  const fresh = await (await world.node("fresh")).serve();
  const waiting = await world.node("waiting");
  const ticket = await world.street.rpc("invite.office", { name: "示范三村党支部", kind: "branch" });
  await waiting.start("join", ticket.text).line((line) => /\d{6}/.test(line));
  await world.street.rpc("snapshot.make");
  await world.street.sync();
  await world.department.rpc("snapshot.pull");
  const sets = [
    [fresh, [["first-use", "/"], ["first-use-join", "/", (page) => page.getByRole("button", { name: "用邀请加入" }).click()]]],
    [world.branch, branchScreens(made)], [world.street, streetScreens], [world.department, departmentScreens],
  ];
  for (const [node, screens] of sets) {
    const wanted = screens.filter(([name]) => only.length === 0 || only.includes(name));
    if (wanted.length === 0) continue;
    for (const largeType of [false, true]) {
      await node.rpc("settings.set", { largeType, recorder: "王春生", language: null });
      for (const [width, height] of [[1280, 800], [390, 844]]) {
        const { page, close } = await open(browser, { url: await node.url(), width, height });
        for (const [name, path, act] of wanted) {
          await page.goto("about:blank");
          await page.goto(`${node.ready.ui.split("?")[0]}#${path}`);
          await settled(page);
          try {
            await act?.(page);
          } catch (error) {
            console.log(name, error.message.split("\n")[0]);
          }
          await page.screenshot({ path: join(folder, `${name}-${width}${largeType ? "-large" : ""}.png`) });
        }
        await close();
      }
    }
  }
} finally {
  await browser.close();
  await world.stop();
}
