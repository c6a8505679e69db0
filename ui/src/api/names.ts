import { createContext, useContext } from "react";

/** Sends a command; where a text for above names a household the person is asked first, and what is sent may differ. */
export type SendNames = (office: string | null, input: unknown, send: (input: unknown) => Promise<unknown>) => Promise<unknown>;

export const NamesContext = createContext<SendNames>((_office, input, send) => send(input));

export const useNames = () => useContext(NamesContext);
