import { loopback } from "./loopback";
import { tauri } from "./tauri";
import type { Platform } from "./types";

const platform: Platform = "__TAURI_INTERNALS__" in globalThis ? tauri : loopback;

export const { call, saveFile, pickFile, onFileSaved, notices } = platform;
export { type FileSaved, type NoticeState, RpcError } from "./types";
