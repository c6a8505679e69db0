import type { Input } from "../../api";
import type { Exclusion } from "../../api/generated/Exclusion";
import type { VoteRow } from "../../api/generated/VoteRow";
import type { VoteRule } from "../../api/generated/VoteRule";
import { readCount } from "./kinds";

export const voteRules: readonly VoteRule[] = ["ordinary", "committee", "admission", "election"];
export const exclusions: readonly Exclusion[] = ["bedridden", "abroad", "serving_sentence", "should_have_transferred"];

export interface ChoiceForm {
  name: string;
  inFavour: string;
  against: string;
  abstain: string;
}

/** A vote as it stands in the form. */
export interface VoteForm {
  rule: VoteRule;
  subject: string;
  choices: ChoiceForm[];
  secret: boolean;
  issued: string;
  returned: string;
  writtenFor: string;
  writtenAgainst: string;
  excluded: { member: string; reason: Exclusion }[];
  consent: string;
  approved: boolean;
}

export const emptyChoice: ChoiceForm = { name: "", inFavour: "", against: "", abstain: "" };

export const emptyVote: VoteForm = {
  rule: "ordinary", subject: "", choices: [emptyChoice], secret: false, issued: "", returned: "", writtenFor: "", writtenAgainst: "",
  excluded: [], consent: "", approved: false,
};

const text = (count: number | null) => (count === null ? "" : String(count));

export function formOfVote(row: VoteRow): VoteForm {
  return {
    rule: row.rule, subject: row.subject, secret: row.secret, issued: text(row.issued), returned: text(row.returned),
    writtenFor: text(row.writtenFor), writtenAgainst: text(row.writtenAgainst), consent: row.consent, approved: row.approved,
    choices: row.choices.map((one) => ({ name: one.name, inFavour: text(one.inFavour), against: text(one.against), abstain: text(one.abstain) })),
    excluded: row.excluded.map((one) => ({ member: one.member, reason: one.reason as Exclusion })),
  };
}

/** Admissions and elections are secret, and name who is voted on. */
export const isSecret = (rule: VoteRule) => rule === "admission" || rule === "election";

export function inputOfVote(form: VoteForm, session: string, id: string | null, keepMatches: boolean): Input<"vote.save"> {
  const { rule } = form;
  const choices = rule === "election" ? form.choices : form.choices.slice(0, 1);
  return {
    id, session, rule, subject: form.subject.trim(), secret: form.secret || isSecret(rule),
    choices: choices.map((one) => ({
      name: isSecret(rule) ? one.name.trim() : "", inFavour: readCount(one.inFavour), against: readCount(one.against), abstain: readCount(one.abstain),
    })),
    issued: readCount(form.issued), returned: readCount(form.returned),
    writtenFor: rule === "admission" ? readCount(form.writtenFor) : null, writtenAgainst: rule === "admission" ? readCount(form.writtenAgainst) : null,
    excluded: rule === "election" ? form.excluded : [], consent: form.consent.trim(), approved: form.approved, keepMatches,
  };
}
