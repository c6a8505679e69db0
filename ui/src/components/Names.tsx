import { Button } from "antd";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { RpcError } from "../api";
import { type Names, NamesContext } from "../api/names";
import { call } from "../platform";
import { useTexts } from "../locales";
import { Dialog } from "./Dialog";

type Said = "change" | "keep" | null;

interface Question {
  word: string | null;
  say: (said: Said) => void;
}

/** Who takes part is named above anyway, and what leads elsewhere is no text. */
const notTexts = new Set([
  "id", "name", "person", "leader", "lead", "owner", "chair", "recorder", "participants", "handedBy", "member", "members", "household", "session", "date", "on",
]);

/** The texts of what is sent, replaced one after the other by `next`. */
export function mapTexts(input: unknown, next: (text: string) => string, key = ""): unknown {
  if (typeof input === "string") return notTexts.has(key) ? input : next(input);
  if (Array.isArray(input)) return input.map((one) => mapTexts(one, next, key));
  if (input !== null && typeof input === "object") {
    return Object.fromEntries(Object.entries(input).map(([name, one]) => [name, mapTexts(one, next, name)]));
  }
  return input;
}

async function cleaned(office: string | null, input: unknown, also: readonly string[]): Promise<unknown> {
  const texts: string[] = [];
  mapTexts(input, (text) => {
    texts.push(text);
    return text;
  });
  const clean = (await call("names.clean", office, { texts, also })) as string[];
  let at = 0;
  return mapTexts(input, (text) => clean[at++] ?? text);
}

/**
 * 出现户主姓名,改为"该户"? Asked of every command whose form does not ask it by itself. A form that sends `keepMatches` shows the
 * refusal where it was typed, with a `KeepButton`.
 */
export function NamesProvider({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  // One after the other: two commands may ask at once, and each waits for its own answer.
  const [questions, setQuestions] = useState<readonly Question[]>([]);
  const open = questions[0] ?? null;
  // A household that is new with what was refused is in no list yet.
  const refused = useRef<string[]>([]);
  const names = useMemo<Names>(() => ({
    clean: (office, typed) => cleaned(office, typed, refused.current) as Promise<typeof typed>,
    send: async (office, input, go) => {
      let now = input;
      for (;;) {
        try {
          // One answer decides what is sent next.
          // oxlint-disable-next-line no-await-in-loop
          return await go(now);
        } catch (error) {
          const code = error instanceof RpcError ? error.dto.code : "";
          const asks = code === "name_private_match" || code === "households_unreadable";
          const own = now !== null && typeof now === "object" && ("keepMatches" in now || "items" in now);
          if (!asks || !(error instanceof RpcError)) throw error;
          const word = code === "name_private_match" ? (error.dto.params["word"] ?? "") : null;
          refused.current = word ? [word] : [];
          if (own) throw error;
          // oxlint-disable-next-line no-await-in-loop
          const said = await new Promise<Said>((answer) => {
            const question: Question = { word, say: (one) => {
              setQuestions((all) => all.filter((other) => other !== question));
              answer(one);
            } };
            setQuestions((all) => [...all, question]);
          });
          if (said === null) throw error;
          // oxlint-disable-next-line no-await-in-loop
          now = said === "keep" ? { ...(now as object), keepMatches: true } : await cleaned(office, now, word ? [word] : []);
        }
      }
    },
  }), []);
  return (
    <NamesContext.Provider value={names}>
      {children}
      {open === null ? null : (
        <Dialog title={t("names.title")} open onClose={() => open.say(null)} footer={
          <>
            <Button onClick={() => open.say(null)}>{t("common.cancel")}</Button>
            <Button onClick={() => open.say("keep")}>{t("names.keep")}</Button>
            {open.word === null ? null : <Button type="primary" onClick={() => open.say("change")}>{t("names.change")}</Button>}
          </>
        }>
          <p>{open.word === null ? t("names.unreadable") : t("names.found", { word: open.word })}</p>
        </Dialog>
      )}
    </NamesContext.Provider>
  );
}
