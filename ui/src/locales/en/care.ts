/** 结对, 慰问, 救助, 谈话 and a household's own history. */
export const care = {
  newPairing: "New pairing",
  pairingTitle: "Pairing",
  cadre: "Cadre",
  household: "Household",
  note: "What it is for",
  since: "From",
  ended: "Until",
  endedHint: "Leave empty while it stands",
  filterPairing: "Find cadre or household",
  standing: "Standing",
  endedOnes: "Ended",
  lastVisit: "Last visit {date}",
  never: "Not visited yet",
  stays: "Pairings, whom to visit, aid and talks stay in the village; the street sees counts.",
  perCadre: "{cadre} · {n} households",
  sinceDate: "since {date}",
  next: "{occasion}: {date}, in {days} days",
  today: "Today is {occasion}",
  toVisit: "To be visited",
  noneToVisit: "The list is empty",
  visited: "Visited this time",
  proposed: "Proposed by years of membership",
  record: "Record",
  listed: "Put on the list",
  takeOff: "Take off",
  addToList: "Add to the list",
  whom: "Kind",
  reason: "Why",
  who: "Who",
  lastCare: "Last visited {date}",
  aid: "Aid",
  newAid: "New request",
  aidReason: "Reason",
  asked: "Asked for (yuan)",
  granted: "Granted (yuan)",
  decision: "Decision",
  decisionHint: "By whom and why",
  decidedOn: "Decided on",
  askedOn: "Asked on",
  noAid: "No requests yet",
  state: "Outcome",
  record_all: "Visits made",
  houseTitle: "Household",
  houseVisits: "{n} visits",
  pairedWith: "Paired with {cadres}",
  timeline: "History",
  noTimeline: "Nothing yet",
  private: "Stays in the village",
  amountWrong: "An amount with at most two decimals",
};

export const occasion = {
  new_year: "New Year",
  spring_festival: "Spring Festival",
  july_first: "1 July",
};

export const whom = {
  household: "Household in difficulty",
  member_difficulty: "Member in difficulty",
  old_member: "Old member",
};

export const aidState = {
  asked: "Open",
  granted: "Granted",
  refused: "Refused",
};

export const cadence = {
  none: "Not set",
  weekly: "Every week",
  half_monthly: "Every half month",
  monthly: "Every month",
};

export const houseEvent = {
  visit: "Visit",
  consolation: "Visit at an occasion",
  concern: "Concern",
  note: "Private note",
  progress: "Done",
  answer: "From above",
  pairing: "Pairing",
  aid: "Aid",
  talk: "Talk",
  since: "began",
  ended: "ended",
};

export const trigger = {
  difficulty: "Difficulty",
  conflict: "Conflict",
  mistake: "Mistake",
  problem: "Problem",
  promotion: "Promotion",
  new_post: "New post",
  change_of_post: "Change of post",
  ordinary: "Ordinary",
};

export const talk = {
  newOne: "Record a talk",
  title: "Talk",
  trigger: "Why",
  with: "With whom",
  withHint: "A member, or somebody else",
  by: "Who talked",
  place: "Place",
  text: "What was said",
  followUp: "What follows",
  up: "The street sees date and reason alone",
  filter: "Find a name",
  all: "All",
  due: "New posts, no talk yet",
  dueLine: "{name} · {post} · entered {date}",
  talkNow: "Talk",
  hidden: "Does not open",
  date: "Date",
  member: "Member",
  other: "Somebody else",
};
