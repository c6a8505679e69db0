import { createContext, useContext } from "react";

/** Sends a command; where a text for above names a household the person is asked first, and what is sent may differ. */
export type SendNames = (office: string | null, input: unknown, send: (input: unknown) => Promise<unknown>) => Promise<unknown>;

/** What was typed with “that household” in place of every name and phone of one, those included that the last refusal told. */
export type CleanNames = <T>(office: string | null, typed: T) => Promise<T>;

export interface Names {
  send: SendNames;
  clean: CleanNames;
}

export const NamesContext = createContext<Names>({ send: (_office, input, send) => send(input), clean: (_office, typed) => Promise.resolve(typed) });

export const useNames = () => useContext(NamesContext);
