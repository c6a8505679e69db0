import { invoke } from "@tauri-apps/api/core";
import { choose, download } from "./files";
import { type Answer, type Platform, RpcError, unwrap } from "./types";

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
};
