/** Flows and cases: for each code which, why, what to do. */
export const flowErrors = {
  flow_unknown: "The template “{flow}” is not here. The rule pack has not come yet: sync first.",
  flow_event_unknown: "The template has no step “{event}”.",
  flow_not_yours: "“{event}” is for the other side to do.",
  flow_not_now: "It stands at “{state}”: “{event}” is not possible from there. Open it again to see what is.",
  flow_not_then: "Where it stood for whoever did it, “{event}” was not possible: it does not count.",
  flow_same_role: "Whoever did “{event}” cannot do this too: it takes another person in another role.",
  flow_own_call: "This step has a form of its own ({call}). Use the page of the case.",
  case_taken_in: "This was taken in already. Open the case that stands for it.",
  case_take_in_first: "This case is a subordinate's. Take it in first, then pass it on.",
  case_is_above: "This case is with the superior already.",
  case_no_caller: "Nobody is entered here who asked, so there is nothing to tell.",
  case_no_answer: "No answer of the linked case waits. Sync first, then open it again.",
  confirm_needed: "Look at what will be told to “{office}” first, and confirm it.",
  interview_not_held: "The interview was not held yet. Record it with “Hold” first, then send the list.",
  interview_nothing_found: "Nothing was pointed out yet. Add findings first, then send the list.",
  no_superior: "This office has no superior to pass it up to.",
};
