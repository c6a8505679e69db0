import { describe, expect, it } from "vitest";
import type { Quorum } from "../../api/generated/Quorum";
import type { RollRow } from "../../api/generated/RollRow";
import { texts } from "../../locales";
import { quorumSentence } from "./QuorumLight";
import { count, lightOf, mark, markOf, saved, startRoll, undo } from "./roll-state";

const row = (member: string, part: Partial<RollRow> = {}): RollRow => ({ member, name: member, group: "", due: true, votes: true, mark: "unconfirmed", reason: "", conflict: false, ...part });
const present = (member: string) => ({ member, mark: "present" as const, reason: "" });
const rule = { id: "r", version: "1", citation: "", text: "" };
// 48 with a vote, as in the decided wording.
const quorum: Quorum = { light: "red", votersDue: 48, votersPresent: 0, neededToOpen: 24, neededToPass: 25, rule };

describe("the roll", () => {
  it("counts an unmarked and a conflicting mark as unconfirmed", () => {
    const counts = count([row("a", { mark: "present" }), row("b", { mark: "present", conflict: true }), row("c"), row("d", { due: false, mark: "non_voting", votes: false })]);
    expect(counts).toMatchObject({ due: 3, present: 1, unconfirmed: 2, votersDue: 3, votersPresent: 1 });
  });

  it("counts 列席 on somebody who is due as the node does: due, and unconfirmed", () => {
    const rows = [row("a", { mark: "non_voting" }), row("b", { mark: "present" })];
    expect(count(rows)).toMatchObject({ due: 2, present: 1, unconfirmed: 1, votersDue: 2 });
    expect(rows.map(markOf)).toEqual(["unconfirmed", "present"]);
    expect(startRoll([...rows, row("c", { due: false, mark: "non_voting" })]).rows.map((one) => one.member)).toEqual(["a", "b"]);
  });

  it("takes back one step at a time, and tells the node again", () => {
    let state = startRoll([row("a"), row("b")]);
    state = mark(state, [present("a")]);
    state = mark(state, [present("b")]);
    state = undo(state);
    expect(state.rows.map((one) => one.mark)).toEqual(["present", "unconfirmed"]);
    expect(state.unsaved["b"]?.mark).toBe("unconfirmed");
    expect(undo(undo(state)).past).toEqual([]);
  });

  it("keeps a mark that changed while the old one was on its way", () => {
    let state = mark(startRoll([row("a"), row("b")]), [present("a"), present("b")]);
    const sent = Object.values(state.unsaved);
    state = mark(state, [{ member: "b", mark: "absent", reason: "" }]);
    expect(Object.keys(saved(state, sent).unsaved)).toEqual(["b"]);
  });
});

describe("the quorum light", () => {
  it("uses the numbers of the node's rule", () => {
    expect(lightOf(quorum, 23)).toBe("red");
    expect(lightOf(quorum, 24)).toBe("yellow");
    expect(lightOf(quorum, 25)).toBe("green");
  });

  it("speaks the decided words", () => {
    const zh = texts("zh-CN");
    expect(quorumSentence(zh, quorum, 31)).toBe("可开会,赞成需≥25");
    expect(quorumSentence(zh, quorum, 24)).toBe("可开会,但到会24人,全票也不能通过");
    expect(quorumSentence(zh, quorum, 21)).toBe("还差3人");
  });
});
