import type { ErrorDto } from "../api/generated/ErrorDto";
import type { FileOutput } from "../api/generated/FileOutput";
import type { ImportFile } from "../api/generated/ImportFile";

/** A call that the node refused, with the coded reason. */
export class RpcError extends Error {
  readonly dto: ErrorDto;
  constructor(dto: ErrorDto) {
    super(dto.code);
    this.name = "RpcError";
    this.dto = dto;
  }
}

/** A file that was offered for keeping has arrived, or has not. */
export interface FileSaved {
  /** Where it lies; none when the system did not say. */
  path: string | null;
  complete: boolean;
}

/** Whether system notices can be shown: yes, after a person is asked, not as that person decided, not at all. */
export type NoticeState = "granted" | "ask" | "refused" | "none";

/** Notices of the system, beside the window. */
export interface Notices {
  state(): NoticeState;
  /** Asks the person; only ever from a button. */
  ask(): Promise<NoticeState>;
  /** Shows one; whoever presses it comes to the window, where the system tells of it. */
  show(title: string, body: string, onPressed: () => void): Promise<void>;
}

/** What the window or the browser does for the screens. */
export interface Platform {
  call(name: string, office: string | null, input: unknown, signal?: AbortSignal): Promise<unknown>;
  /** Offers a file for keeping. */
  saveFile(file: FileOutput): Promise<void>;
  /** Lets the user choose one file; none when the choice was cancelled. */
  pickFile(accept: string): Promise<ImportFile | null>;
  /** Tells where files were saved, where nothing else shows it; the answer stops it. */
  onFileSaved(told: (saved: FileSaved) => void): () => void;
  notices: Notices;
}

export type Answer = { ok: unknown } | { err: ErrorDto };

/** Reads the envelope of an answer; anything else counts as an internal fault. */
export function unwrap(answer: unknown): unknown {
  if (answer !== null && typeof answer === "object") {
    if ("ok" in answer) return answer.ok;
    if ("err" in answer) throw new RpcError(answer.err as ErrorDto);
  }
  throw new RpcError({ code: "internal", field: null, params: {} });
}
