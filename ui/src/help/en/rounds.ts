import type { HelpPages } from "../types";

/** Interviews, common problems, weak branches, lists, projects, letters. */
export const rounds: HelpPages = {
  interviews: {
    title: "Interviews",
    what: "One round a month of three or four units. What was found is sent as a list, to be rectified and reported within two months.",
    doing: ["Choose the month, put units in, write the day.", "On the day record the interview and add each finding.", "Send the list; the tab of two months tells who is due when."],
    leaves: "The day and the findings go to that unit. No other unit sees them.",
    when: [
      { when: "An interview on 31 December", answer: "Is due on the last of February: where a month has no such day, its last one counts." },
      { when: "Another finding after the list was sent", answer: "Add it and send again. What was sent does not become two." },
      { when: "The time should begin elsewhere", answer: "Set it under Standards, with its document. What was sent before stays." },
    ],
    see: ["flows", "dispatch"],
  },
  common: {
    title: "Common problems",
    what: "Problems of one kind out of the units' reports are put together and become a task of the year, one for every unit.",
    doing: ["Choose problems of one kind in the list.", "Put them together under a name.", "Make it the year's task of all units."],
    leaves: "The name of the common problem alone, never who reported it. No unit's book is changed by putting together.",
    when: [
      { when: "Put together by mistake", answer: "Take the group back, or take a problem out. Tasks that were sent stay." },
      { when: "Sent twice", answer: "It is still one." },
    ],
    see: ["flows", "lists"],
  },
  weak: {
    title: "Weak branches",
    what: "Bodies that are put right this year: first secretary, paired helper, plan, and how far it is.",
    doing: ["Put units on the list, with the reason.", "Settle people and plan.", "When the branch asks for acceptance, look, then accept or return."],
    leaves: "Reason, first secretary, helper and plan go to that branch.",
    when: [{ when: "Where the 10 % come from", answer: "It is a count alone, a part of one is one. Which ones is decided by people; nobody is ranked." }],
    see: ["flows"],
  },
  lists: {
    title: "Lists",
    what: "Work lists, service lists and the month's projects, sent line by line; what was taken up and done.",
    doing: ["Begin a new list: its name, whose it is, the month.", "Write lines with their days, or add those of a template.", "Choose units and send; the lines tell who did what."],
    leaves: "Lines, people and days go to the chosen units.",
    when: [
      { when: "More lines than the rule says", answer: "It is told with its source. It may be sent all the same." },
      { when: "The same list sent again", answer: "Lines that are there stay; new ones are added." },
    ],
    see: ["dispatch", "common"],
  },
  projects: {
    title: "Projects",
    what: "Who leads, who carries out, measures; a report each half year, an exchange each quarter, a third party's review.",
    doing: ["Open a project for a unit.", "Once the unit begins it, half years and quarters are counted from that day.", "Record each exchange, and who commented."],
    leaves: "The project goes to the unit; what the unit writes goes to its superior.",
    when: [{ when: "A review is refused", answer: "Whoever began or reported does not review. Another person in another role does." }],
    see: ["flows"],
  },
  letters: {
    title: "6+X",
    what: "Six common lists and one or two of the unit's own choice, signed, pledged in public, reviewed once a year.",
    doing: ["The superior sends the letters.", "The unit chooses its own lists.", "The superior signs, the unit pledges; it prints on A4."],
    leaves: "Names of lists and the days of signing and pledge go between the superior and this unit.",
    when: [{ when: "The number of lists is not right", answer: "What the rule says stands beside it, with its source. The superior may send the choice back." }],
    see: ["sheets"],
  },
};
