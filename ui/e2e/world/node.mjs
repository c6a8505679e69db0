// One office's node as its own process: `ybz serve` in a folder of its own, asked through `ybz rpc`.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The program under test; without it there is no real world. */
export const bin = process.env.YBZ_BIN ?? null;

const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export class Node {
  /** Folder of this machine: data, key and boot record. */
  constructor(folder, name) {
    this.folder = join(folder, name);
    this.name = name;
    this.child = null;
    this.ready = null;
  }

  get #env() {
    const { PATH, HOME, TMPDIR } = process.env;
    const rest = TMPDIR ? { TMPDIR } : {};
    return { PATH, HOME, ...rest, YBZ_BOOT_DIR: join(this.folder, "boot"), YBZ_DATA: join(this.folder, "data"), YBZ_KEY_FILE: join(this.folder, "key") };
  }

  /** Runs a command to its end; its answer is what it prints. */
  async cli(...args) {
    const given = typeof args.at(-1) === "object";
    const words = given ? args.slice(0, -1) : args;
    return new Promise((resolve, reject) => {
      const child = execFile(bin, words, { env: this.#env, maxBuffer: 1 << 26, timeout: 60_000 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${this.name}: ybz ${words.slice(0, 2).join(" ")}: ${error.message}\n${stdout}${stderr}`));
        else resolve(stdout.trim());
      });
      // A command that ends early reads nothing.
      child.stdin.on("error", () => {});
      child.stdin.end(given ? args.at(-1).input : "");
    });
  }

  /** One call of the table. */
  async rpc(name, input = {}) {
    return JSON.parse(await this.cli("rpc", name, "-", { input: JSON.stringify(input) }));
  }

  /** Asks again whenever something changed, until the answer is as wanted. */
  async until(name, wanted, input = {}) {
    let cursor = 0;
    const end = Date.now() + 60_000;
    // A loaded machine may not answer in time; it is asked again.
    const busy = (error) => {
      if (!String(error).includes("node_unreachable")) throw error;
      return null;
    };
    while (Date.now() < end) {
      // Each answer decides whether to wait for the next change.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await this.rpc(name, input).catch(busy);
      if (answer && wanted(answer)) return answer;
      // oxlint-disable-next-line no-await-in-loop
      cursor = (await this.rpc("changes.wait", { cursor, timeoutMs: cursor === 0 ? 0 : 1_000 }).catch(busy))?.cursor || 1;
    }
    throw new Error(`${this.name}: ${name} never came to what was wanted`);
  }

  /** Starts the node and waits for its one line. */
  async serve() {
    this.child = this.start("serve", "--listen", "127.0.0.1:0", "--ui", "127.0.0.1:0");
    const line = await this.child.line((text) => text.startsWith("ready "));
    this.ready = Object.fromEntries(line.split(" ").slice(1).map((part) => {
      const cut = part.indexOf("=");
      return [part.slice(0, cut), part.slice(cut + 1)];
    }));
    return this;
  }

  /** A command that goes on running; `line` waits for something that it prints. */
  start(...words) {
    const child = spawn(bin, words, { env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    child.once("exit", () => running.delete(child));
    const heard = [];
    const waiting = [];
    const hear = (text) => {
      heard.push(text);
      for (const one of waiting) one();
    };
    createInterface({ input: child.stdout }).on("line", hear);
    createInterface({ input: child.stderr }).on("line", hear);
    child.line = (wanted) => new Promise((resolve, reject) => {
      const look = () => {
        const found = heard.find(wanted);
        if (found !== undefined) resolve(found);
      };
      waiting.push(look);
      child.once("exit", (code) => reject(new Error(`${this.name}: ybz ${words[0]} ended with ${code}\n${heard.join("\n")}`)));
      look();
    });
    child.stop = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    };
    return child;
  }

  /** A fresh address for one browser. */
  url() {
    return this.cli("ui-url");
  }

  /** One round; fails unless everything was receipted. */
  sync() {
    return this.cli("sync", "--timeout", "20");
  }

  async stop() {
    await this.child?.stop();
    this.child = null;
  }
}
