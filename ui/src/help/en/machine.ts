import type { HelpPages } from "../types";

/** Computer, delivery, safety. */
export const machine: HelpPages = {
  sync: {
    title: "Synchronisation",
    what: "Whether the books of this computer have reached the superior and were receipted.",
    doing: ["Synchronise now.", "Use a stick where there is no network.", "Look at changes that did not take effect."],
    leaves: "The books meant for above go to the direct superior. Which, stands on the page of what leaves this computer.",
    when: [
      { when: "It stays blue", answer: "It is kept here and has not arrived. Check the network, or use a stick." },
      { when: "It is red", answer: "It has stopped; why and what to do stands beside it, most often a full disk." },
    ],
    see: ["colours", "stick", "leaves"],
  },
  join: {
    title: "Join a superior",
    what: "Puts this office below its superior by an invitation. You can also go on without.",
    doing: ["Paste the text of the invitation and join.", "Read the six digits to the superior.", "Wait until it approves."],
    leaves: "From then on the books meant for above go there, from their beginning; what stays in the village stays.",
    when: [
      { when: "There is no network", answer: "Choose the way by stick, which makes a request file." },
      { when: "The window was closed", answer: "Open it again, it goes on waiting." },
    ],
    see: ["stick", "leaves"],
  },
  leaves: {
    title: "What leaves this computer",
    what: "A table of every field of every ledger and who can see it. The program goes by the very same table.",
    doing: ["See what stays in the village.", "See what the superior can read.", "See what totals hold."],
    leaves: "This page sends nothing.",
    when: [{ when: "You fear that too much is sent", answer: "What is not written here is not sent." }],
    see: ["visit", "sync"],
  },
  devices: {
    title: "Computers and handover",
    what: "The computers of this office; a new secretary or a lost computer is dealt with here.",
    doing: ["See each computer and who uses it.", "Remove one that is lost.", "Hand over to a new secretary."],
    leaves: "Proofs of removal and handover are known to the superior and to the office's other computers.",
    when: [
      { when: "A computer is lost", answer: "Remove it at once: it can neither send nor receive. Read the page on a lost computer." },
      { when: "You hand over", answer: "Print the sheet and let both sign; the old computer retires once the new one is enrolled." },
    ],
    see: ["lostComputer", "newTerm"],
  },
  security: {
    title: "Safety and backups",
    what: "The key of the books, passphrase, recovery sheet and backups.",
    doing: ["Make a recovery sheet, print it, lock it away.", "Put in a stick and make a backup, best by schedule.", "Use a passphrase if you want one."],
    leaves: "A backup goes only to the stick you choose, and it is encrypted.",
    when: [
      { when: "The key was changed", answer: "The old sheet is void; make another one." },
      { when: "A backup does not open", answer: "Use the passphrase of that day, or the words of the sheet." },
    ],
    see: ["passphrase", "lostComputer"],
  },
  settings: {
    title: "Settings",
    what: "Language, size, colours and reminders of this computer; people, roles and the log.",
    doing: ["Choose large type if it is hard to read.", "Choose dark for the evening.", "Add people and PINs if several share it."],
    leaves: "All of it stays here. The name of who records is written into what you record.",
    when: [
      { when: "Reminders disturb", answer: "Switch them off, or change the time." },
      { when: "You want to see the sample again", answer: "Make a sample village, and remove it with one press." },
      { when: "You fear that the books are damaged", answer: "Check the books. What can be repaired is repaired." },
    ],
    see: ["sharedComputer", "security"],
  },
  help: {
    title: "Help",
    what: "What each page is for, without a network.",
    doing: ["Type a few letters above.", "Press F1 on any page for its help.", "Press ? for the shortcuts."],
    leaves: "Nothing is sent.",
    when: [{ when: "It is not here", answer: "Call the administrator of the street." }],
  },
};

/** Often asked. */
export const topics: HelpPages = {
  firstDays: {
    title: "Starting",
    what: "Four steps: name of the office, recovery words on paper, import from Excel (or not), the first visit.",
    doing: ["Look at the sample and try anything; real books are not touched.", "Start your own books.", "Make a recovery sheet."],
    leaves: "Nothing leaves this computer before you have joined a superior.",
    when: [{ when: "You have seen enough of the sample", answer: "Remove it above; nothing is left." }],
    see: ["today", "import", "security"],
  },
  colours: {
    title: "Colours of the synchronisation",
    what: "Grey: not joined, the books are here. Blue: something waits or is being sent. Green: the superior receipted all. Yellow: some need you, the rest goes on. Red: stopped.",
    doing: ["Only green means that all has arrived.", "Blue: wait, or connect.", "Yellow and red: press it to see what to do."],
    leaves: "A colour tells what was delivered, not how well it was done.",
    when: [
      { when: "Green yesterday, blue today", answer: "You recorded something new, and it waits." },
      { when: "It is on the stick and not green", answer: "It turns green when the superior has read it and the receipt is back." },
    ],
    see: ["sync", "stick"],
  },
  newTerm: {
    title: "A new term",
    what: "A term of three or five years ends with an election. The program reminds and changes nobody's post by itself.",
    doing: ["Hold the members' meeting and enter the election as a vote.", "Enter the new term and the posts under members.", "If the secretary is another person, hand over the computer."],
    leaves: "Term, posts and counts go to the superior. Who voted for whom is not recorded.",
    when: [
      { when: "It is put off or held early", answer: "Enter the months and the approval in the term." },
      { when: "The old secretary's computer", answer: "It writes no more after the handover; give it to the successor or destroy the books." },
    ],
    see: ["members", "vote", "devices"],
  },
  lostComputer: {
    title: "A lost computer",
    what: "The books are encrypted: with a passphrase they do not open without it; where none was set, whoever can log in to the computer opens them. Either way two things have to be done at once.",
    doing: ["Let the superior or another computer of the office remove the lost one.", "On a new computer restore a backup, or ask the superior for an invitation.", "Change the same passphrase wherever else you used it."],
    leaves: "Once removed, the lost computer neither receives nor delivers.",
    when: [
      { when: "There is no backup", answer: "What was delivered comes back from the superior; what stayed in the village is gone without a backup." },
      { when: "The computer is found again", answer: "A removal cannot be undone; enrol it as a new one." },
    ],
    see: ["devices", "security", "passphrase"],
  },
  stick: {
    title: "No network: a stick",
    what: "What is to be sent goes into a file; the stick carries it to the superior, and the receipt back.",
    doing: ["Write to the stick on the synchronisation page.", "Read it in at the superior.", "Read in the file that comes back."],
    leaves: "The file is encrypted; only the addressee opens it. A lost stick shows nobody anything.",
    when: [
      { when: "A file is not read", answer: "See whether it is for this office; each file is for one." },
      { when: "It goes back and forth several times", answer: "Nothing is counted twice." },
    ],
    see: ["sync", "colours"],
  },
  passphrase: {
    title: "A forgotten passphrase",
    what: "Nobody knows it and the program does not keep it. The recovery sheet opens the books.",
    doing: ["Choose the recovery sheet when you are asked.", "Type the 24 words.", "Set a new passphrase and make a new sheet."],
    leaves: "Nothing is sent.",
    when: [
      { when: "The sheet is lost too", answer: "The books cannot be opened. Ask the superior for an invitation and get back what was delivered." },
      { when: "A PIN is forgotten", answer: "Another person changes it in the settings; a PIN is no key of the books." },
    ],
    see: ["security", "lostComputer"],
  },
  monthEnd: {
    title: "How to close a month",
    what: "Ten minutes at the end of the month: complete, look at what is owed, submit.",
    doing: ["Fill the gaps of the four ledgers.", "Write a line of progress on what is open.", "Submit and wait for the acceptance."],
    leaves: "The content was delivered before; submitting says that the month is complete.",
    when: [
      { when: "The superior returns it", answer: "It stands under Today; change it and submit again." },
      { when: "There is no network", answer: "Submit all the same, by stick or when there is one." },
    ],
    see: ["month", "dues", "sync"],
  },
  sharedComputer: {
    title: "Several people, one computer",
    what: "Each has a profile and a PIN, so that records carry the right name; a profile may be kept from residents or dues.",
    doing: ["Add people in the settings.", "Lock the screen with Ctrl+L when you leave.", "Let it lock by itself after some minutes."],
    leaves: "The list of people stays here; the name of who recorded goes with the record.",
    when: [{ when: "A PIN was wrong several times", answer: "Wait a little; it keeps others from guessing." }],
    see: ["settings", "passphrase"],
  },
};
