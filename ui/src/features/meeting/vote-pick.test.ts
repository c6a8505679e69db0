import { expect, it } from "vitest";
import type { VoteRow } from "../../api/generated/VoteRow";
import { countedOf } from "./VotePick";

const vote = (part: Partial<VoteRow>) => ({
  id: "v1", subject: "接收预备党员", dropped: false, quorum: { due: 9, present: 7, written: 1 },
  choices: [{ name: "赵小一", inFavour: 6, against: 0, abstain: 1, inFavourAll: 7, verdict: "passed" }], ...part,
}) as VoteRow;

it("takes the numbers of votes that were counted, with written opinions in favour", () => {
  expect(countedOf([vote({})])).toEqual([{ id: "v1/0", label: "接收预备党员 · 赵小一 · 7", counted: { due: 9, present: 7, written: 1, inFavour: 7 } }]);
});

it("leaves out what was taken back and what was not counted", () => {
  const open = vote({ choices: [{ name: "", inFavour: null, against: null, abstain: null, inFavourAll: 0, verdict: "open" }] });
  expect(countedOf([vote({ dropped: true }), open])).toEqual([]);
});
