import { describe, expect, it } from "vitest";
import type { VoteQuorum } from "../../api/generated/VoteQuorum";
import { texts } from "../../locales";
import { hoursText, readCount, readHours } from "./kinds";
import { emptyChoice, emptyVote, inputOfVote } from "./vote-form";
import { lightSentence } from "./VoteLight";

const filled = { ...emptyChoice, name: "某某", inFavour: "25", against: "", abstain: "1" };

describe("a vote's form", () => {
  it("sends what its rule knows and leaves the rest out", () => {
    const form = { ...emptyVote, subject: " 讨论 ", choices: [filled, filled], writtenFor: "3", excluded: [{ member: "a", reason: "abroad" as const }] };
    const ordinary = inputOfVote(form, "s", null, false);
    expect(ordinary).toMatchObject({ subject: "讨论", secret: false, writtenFor: null, excluded: [], choices: [{ name: "", inFavour: 25, against: null, abstain: 1 }] });
    expect(inputOfVote({ ...form, rule: "admission" }, "s", null, false)).toMatchObject({ secret: true, writtenFor: 3, excluded: [], choices: [{ name: "某某" }] });
    const election = inputOfVote({ ...form, rule: "election" }, "s", null, false);
    expect(election.choices).toHaveLength(2);
    expect(election).toMatchObject({ writtenFor: null, excluded: [{ member: "a", reason: "abroad" }] });
  });

  it("reads counts and hours as typed", () => {
    expect([readCount(" 12 "), readCount(""), readCount("1.5"), readCount("-1")]).toEqual([12, null, null, null]);
    expect([readHours("2"), readHours("1.5"), readHours("1.55"), readHours("")]).toEqual([20, 15, null, null]);
    expect(hoursText(325)).toBe("32.5");
  });
});

describe("the light before a vote", () => {
  it("says how many are missing and what is needed", () => {
    const rule = { id: "r", version: "1", citation: "", text: "" };
    const quorum: VoteQuorum = { light: "red", due: 48, present: 36, written: 0, neededToOpen: 39, neededToPass: 25, rollOfOther: false, missing: [], excluded: [], notExcludedYet: [], noVote: [], rule };
    const zh = texts("zh-CN");
    expect(lightSentence(zh, quorum)).toBe("还差3人");
    expect(lightSentence(zh, { ...quorum, light: "green", present: 39 })).toBe("可以表决,赞成需≥25");
    expect(lightSentence(zh, { ...quorum, light: "yellow", present: 24 })).toBe("可以开会,但到会24人,全票也不能通过");
  });
});
