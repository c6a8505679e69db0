export { type Input, invalidate, type Name, newQueryClient, type Output, touches } from "./client";
export { followChanges, useChanges } from "./changes";
export { listInput, nothing, useAsk, useCommand, useList, useQuery } from "./hooks";
export { type OfficeChoice, OfficeProvider, type Role, roleOf, useOffice } from "./office";
export { useDraft } from "./draft";
export { notices, type NoticeState, onFileSaved, pickFile, RpcError, saveFile } from "../platform";
export { LockProvider, useLock } from "./lock";
export { useHidden } from "./hidden";
export { useRecords } from "./records";
