import { loopback } from "./loopback";
import { tauri } from "./tauri";
import type { Platform } from "./types";

const platform: Platform = "__TAURI_INTERNALS__" in globalThis ? tauri : loopback;

export const { call, saveFile, pickFile, onFileSaved } = platform;
export { type FileSaved, RpcError } from "./types";
