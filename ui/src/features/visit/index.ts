export { HandInScreen } from "./HandInScreen";
export { HouseholdScreen } from "./HouseholdScreen";
export { VisitScreen } from "./VisitScreen";
export { VisitsScreen } from "./VisitsScreen";
