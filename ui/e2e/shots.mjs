// Pictures of every screen into the folder YBZ_SHOTS, at two sizes, in normal and large type and in the dark.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, open, settled } from "./browser.mjs";
import { newMockFor } from "./roles.mjs";
import { screens } from "./screens.mjs";

const folder = process.env.YBZ_SHOTS;
if (!folder) throw new Error("Set YBZ_SHOTS to a folder outside the repository.");
mkdirSync(folder, { recursive: true });
const only = process.argv.slice(2);
const browser = await launch();
for (const screen of screens.filter((one) => only.length === 0 || only.includes(one.name))) {
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    for (const [look, settings] of [["", {}], ["-large", { largeType: true }], ["-dark", { theme: "dark" }]]) {
      const mock = newMockFor(screen.role);
      const { page, close } = await open(browser, { ...mock, width, height, path: screen.path, options: { ...mock.options, ...settings } });
      // Screens before the books open follow the system alone.
      if (look === "-dark") await page.emulateMedia({ colorScheme: "dark" });
      await settled(page);
      await screen.act?.(page);
      await page.screenshot({ path: join(folder, `${screen.name}-${width}${look}.png`) });
      await close();
    }
  }
}
await browser.close();
