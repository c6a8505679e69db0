import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useEffect } from "react";
import { expect, it } from "vitest";
import { RpcError } from "../api";
import { type SendNames, useNames } from "../api/names";
import { NamesProvider } from "./Names";

it("asks one question after the other, and each command gets its own answer", async () => {
  let send: SendNames = () => Promise.reject(new Error("not there yet"));
  function Sends() {
    const names = useNames();
    useEffect(() => {
      send = names.send;
    }, [names]);
    return null;
  }
  render(<NamesProvider><Sends /></NamesProvider>);
  const refuse = (word: string) => (input: unknown) =>
    (input as { keepMatches?: boolean }).keepMatches ? Promise.resolve(word) : Promise.reject(new RpcError({ code: "name_private_match", field: null, params: { word } }));
  const first = send("o", { text: "甲" }, refuse("甲"));
  const second = send("o", { text: "乙" }, refuse("乙")).catch((error: unknown) => error);
  await screen.findByText(/“甲”/);
  expect(screen.queryByText(/“乙”/), "the second waits").toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "保留并留痕" }));
  await expect(first).resolves.toBe("甲");
  await screen.findByText(/“乙”/);
  fireEvent.click(screen.getAllByRole("button", { name: /取\s*消/ }).at(-1) as HTMLElement);
  expect(await second).toBeInstanceOf(RpcError);
  await waitFor(() => expect(screen.queryByText(/“乙”/)).toBeNull());
}, 20_000);
