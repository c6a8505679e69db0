import { choose, download } from "./files";
import { browserNotices } from "./notice";
import { type Platform, RpcError, unwrap } from "./types";

/** A browser on this machine: the node serves the page and answers `POST /rpc` on the same origin. */
export const loopback: Platform = {
  async call(name, office, input, signal) {
    let response: Response;
    try {
      response = await fetch("/rpc", {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name, office, input }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new RpcError({ code: "node_unreachable", field: null, params: {} });
    }
    let answer: unknown;
    try {
      answer = await response.json();
    } catch {
      throw new RpcError({ code: response.ok ? "internal" : "node_unreachable", field: null, params: {} });
    }
    return unwrap(answer);
  },
  saveFile: download,
  pickFile: choose,
  // The browser shows its own downloads.
  onFileSaved: () => () => {},
  notices: browserNotices,
};
