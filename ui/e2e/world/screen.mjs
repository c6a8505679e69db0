// A page of a real office, used as its people use it: what is to be done is a button, what is asked a dialog.
import { open } from "../browser.mjs";

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Opens pages in a browser; each is closed with its test. */
export function screensIn(browser) {
  return async (t, node, path, options = {}) => {
    const opened = await open(browser(), { url: await node.url(), path, ...options });
    t.after(() => opened.close());
    const { page } = opened;
    const dialog = page.getByRole("dialog");
    const main = page.locator("main");
    const closed = () => dialog.waitFor({ state: "detached" });
    /** Fills the fields of the dialog by their labels, and chooses by the words of the choice. */
    async function write(fields = {}, choices = []) {
      for (const [label, text] of Object.entries(fields)) {
        const name = new RegExp(`^${escaped(label)}\\*?$`);
        // A field that offers words is a combobox.
        await dialog.getByRole("textbox", { name }).or(dialog.getByRole("combobox", { name })).fill(text);
      }
      for (const choice of choices) await dialog.getByRole("radio", { name: choice, exact: true }).check();
    }
    /** Sends what stands in the dialog as it is sent by keyboard. */
    async function send() {
      await page.keyboard.press("Control+Enter");
      await closed();
    }
    return {
      ...opened, dialog, main, closed, write, send,
      card: (name) => page.getByRole("article", { name }),
      row: (text) => page.getByRole("listitem").filter({ hasText: text }).first(),
      choose: (label, option) => main.getByLabel(label, { exact: true }).selectOption({ label: option }),
      /** Does what stands on a button under 可以做的, with these fields. */
      async act(name, fields = {}, choices = []) {
        await page.getByRole("region", { name: "可以做的" }).getByRole("button", { name: new RegExp(`^${name}( 可了结)?$`) }).click();
        await dialog.getByLabel("日期").waitFor();
        await write(fields, choices);
        await send();
      },
      stands: (name) => page.getByRole("region", { name: "现在到哪" }).getByText(name, { exact: true }).first().waitFor(),
      /** Chooses a file where a button asks for one. */
      async give(button, file) {
        const chooser = page.waitForEvent("filechooser");
        await page.getByRole("button", { name: button, exact: true }).click();
        await (await chooser).setFiles(file);
      },
    };
  };
}
