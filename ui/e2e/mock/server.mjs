// A stand-in for the node: serves ui/dist and answers POST /rpc from memory. A test fixture, never shipped.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { handlers } from "./handlers.mjs";
import { asLong } from "./many.mjs";
import { locked, open } from "./people.mjs";
import { Fault, newState } from "./state.mjs";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
// What an answer takes on a slow machine, in milliseconds (see SLOW in browser.mjs).
const lateness = 25 * (Number(process.env.YBZ_UI_SLOW ?? 1) - 1);
// The policy under which the real node serves the window.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

export async function startMock({ role = "branch", port = 0, ...options } = {}) {
  const state = newState(role, options);
  const server = createServer((request, response) => {
    if (request.method === "POST" && request.url === "/rpc") return void rpc(state, request, response);
    const path = normalize(new URL(request.url, "http://x").pathname);
    const file = join(dist, path === "/" ? "index.html" : path);
    if (!file.startsWith(dist) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "content-security-policy": policy });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    state,
    async stop() {
      state.wake();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function rpc(state, request, response) {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { name, office, input } = JSON.parse(body);
  let answer;
  try {
    const handler = handlers[name];
    if (!handler) throw new Fault("internal", { name });
    const before = ["node.unlock", "key.recover", "backup.restore", "backup.found"].includes(name);
    if (state.locked && !before) throw new Fault("passphrase_needed");
    state.calls.push({ name, office, input });
    if (locked(state) && !open.has(name)) throw new Fault("locked");
    const answered = (await handler(state, input, office)) ?? {};
    answer = { ok: await asLong(state, name, input, handler, answered) };
  } catch (error) {
    if (!(error instanceof Fault)) console.error(name, error);
    answer = { err: { code: error.code ?? "internal", field: error.field ?? null, params: error.params ?? {} } };
  }
  if (lateness > 0) await new Promise((later) => { setTimeout(later, lateness); });
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}
