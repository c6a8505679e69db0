import { describe, expect, it } from "vitest";
import { mapTexts } from "./Names";

describe("texts of what is sent", () => {
  it("are replaced wherever they stand, and nothing else is", () => {
    const input = { id: "ab01", date: "0305", topic: "去钱乙二家", chair: "钱乙二", entries: [{ note: "钱乙二", amountFen: 500, kept: null }], participants: ["钱乙二"] };
    const clean = mapTexts(input, (text) => text.replaceAll("钱乙二", "该户"));
    expect(clean).toEqual({ ...input, topic: "去该户家", entries: [{ note: "该户", amountFen: 500, kept: null }] });
  });
});
