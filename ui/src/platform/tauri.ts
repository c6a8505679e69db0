import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { choose, download } from "./files";
import { type Answer, type FileSaved, type Platform, RpcError, unwrap } from "./types";

/** The desktop window: one bridge command forwards to the same table of calls. */
export const tauri: Platform = {
  async call(name, office, input) {
    let answer: Answer;
    try {
      answer = await invoke<Answer>("rpc", { name, office, input });
    } catch {
      throw new RpcError({ code: "node_unreachable", field: null, params: {} });
    }
    return unwrap(answer);
  },
  saveFile: download,
  pickFile: choose,
  onFileSaved(told) {
    const stop = listen<FileSaved>("file-saved", (event) => told(event.payload));
    // A window that may not listen saves all the same.
    stop.catch(() => {});
    return () => void stop.then((unlisten) => unlisten(), () => {});
  },
  notices: {
    // The system decides, and tells nobody.
    state: () => "granted",
    ask: () => Promise.resolve("granted"),
    async show(title, body, onPressed) {
      const stop = await listen("notice-pressed", () => {
        stop();
        onPressed();
      });
      try {
        await invoke("notify", { title, body });
      } catch (error) {
        stop();
        throw error;
      }
    },
  },
};
