import type { HelpPages } from "../types";

/** The pages of street committees and departments. */
export const above: HelpPages = {
  decide: {
    title: "To decide",
    what: "What waits for your word: months submitted, items handed in, admissions, transfers, requests to join. By kind, one action each.",
    doing: ["Look at it, then accept or return it.", "Approve an admission or refuse it with a reason.", "Say where a transfer goes, or return it."],
    leaves: "Your decision and comment go to that village; write them plainly.",
    when: [
      { when: "It says that both sides acted", answer: "You accepted while the village withdrew. Look again and decide once more." },
      { when: "Something changed after submitting", answer: "Open it to see the difference. Accept what does not matter, return what does." },
      { when: "You want to see one month of all villages", answer: "Choose by month." },
    ],
    see: ["matrix", "org"],
  },
  matrix: {
    title: "Ledgers below",
    what: "A row for each village, a column for each month. In the order of the tree, never ranked.",
    doing: ["Choose the ledger.", "Move by the arrows, open the records with Enter.", "Show only those to remind and copy the reminder."],
    leaves: "Nothing; you only look.",
    when: [
      { when: "There is a question mark", answer: "That village has not synchronised for days. It is not known; that is not the same as not done." },
      { when: "There is an empty circle", answer: "The rules expect one, the village has synchronised and has none." },
    ],
    see: ["merged", "colours"],
  },
  charts: {
    title: "Charts",
    what: "Completeness, what is due ahead and the closure of concerns as pictures. Units stand in tree order, nothing is ranked, and people are not drawn.",
    doing: ["Choose a ledger.", "Show numbers opens what the picture is made of.", "Print it for others."],
    leaves: "Nothing is sent from here.",
    when: [
      { when: "A month has no percentage", answer: "There is nothing to divide by yet. It is not zero." },
      { when: "What is grey", answer: "Units that have not synced: whether they did it is not known." },
    ],
    see: ["matrix", "calendar"],
  },
  calendar: {
    title: "Calendar",
    what: "Everything that is due here and below: items, what was sent down, submissions, matters, admissions, terms, back-payments. Each says what follows, what helps and where that comes from.",
    doing: ["Go to a day with the arrows; what is due stands below.", "The list goes from early to late.", "For what is late below, copy the polite text, read it, and send it yourself."],
    leaves: "Nothing is sent from here. You copy the text and send it.",
    when: [
      { when: "It says not synced, not known", answer: "It may be done and not delivered. Ask them to go online once." },
      { when: "Limits of back-payments below are missing", answer: "Choose that unit, and they are listed." },
    ],
    see: ["today", "matrix"],
  },
  merged: {
    title: "Merged ledgers",
    what: "One ledger of all villages in one table, to filter and to search.",
    doing: ["Choose a ledger; filter or group by unit, month, kind or state.", "Open a line for its record, a group for its lines.", "Export it to Excel; absent units stand in it too."],
    leaves: "Nothing. Names of residents are not here; the villages did not send them.",
    when: [{ when: "A village says another number", answer: "See when it synchronised last; let it do so first." }],
    see: ["matrix"],
  },
  dispatch: {
    title: "Dispatch",
    what: "Gives a task to one or more villages, and shows who acknowledged and did it.",
    doing: ["Write task and deadline, tick villages or choose a group, send.", "See each village under sent: acknowledged, at it, reported, accepted.", "For who is late, copy the polite text, read it, and send it yourself."],
    leaves: "Task, measure and deadline go to the villages that are ticked.",
    when: [{ when: "It was sent by mistake", answer: "Tell the village by telephone and send a further item that says so. If it is handed back as done, return it and say that it was called off; do not accept what was not done." }],
    see: ["decide"],
  },
  rules: {
    title: "Send down rules",
    what: "Tiers of dues and frequencies of meetings may be changed as a document of the superior says, with its citation.",
    doing: ["Start from the rules in force.", "Check: what is not understood is pointed out.", "Send, with the month from which it holds."],
    leaves: "The rules go to all offices below.",
    when: [{ when: "The check fails", answer: "None of it is used and the old rules stay. Change what is pointed out." }],
    see: ["dues"],
  },
  concerns: {
    title: "Concerns from below",
    what: "What villages handed in. There are no names of households here.",
    doing: ["Look at the new ones.", "Answer, or name the unit in charge.", "See which are due."],
    leaves: "The answer goes to that village, which tells the resident.",
    when: [{ when: "You want to know which household", answer: "It is not known here. Ask the secretary of the village." }],
    see: ["decide"],
  },
  org: {
    title: "Offices and invitations",
    what: "Which offices there are, who has joined, and how to invite.",
    doing: ["Invite a subordinate and pass on the text or the code.", "Compare six digits, then approve.", "Or invite all villages from a list."],
    leaves: "Names of offices and devices are known within one tree.",
    when: [
      { when: "The six digits differ", answer: "Do not approve. Let the other side start again and read them aloud." },
      { when: "An invitation has expired", answer: "Make another one." },
      { when: "Offices are merged or moved", answer: "Use adjust, and look at what follows first." },
    ],
    see: ["stick", "devices"],
  },
  root: {
    title: "Root devices",
    what: "Which computers hold the root of the whole tree, and its recovery words.",
    doing: ["Enrol a second root device and keep it elsewhere.", "Check that the words are still there.", "Renew the root when one is lost."],
    leaves: "The root's certificate goes to all offices; it holds no records.",
    when: [{ when: "All root devices are lost", answer: "The 24 words on paper renew it. Without them the tree has to be built anew." }],
    see: ["lostComputer", "security"],
  },
  snapshots: {
    title: "Totals",
    what: "Signed totals, made by the street and read by the department. Numbers only, no names.",
    doing: ["Read each number with its source and day.", "Sign and deliver.", "Verify what you received."],
    leaves: "Totals alone; what concerns residents and is below 5 is hidden.",
    when: [
      { when: "Some villages have not submitted", answer: "It can be delivered; it names who is missing." },
      { when: "A number is wrong", answer: "The village changes its own books, then a new one is made." },
    ],
    see: ["matrix"],
  },
};
