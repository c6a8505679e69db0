export { HandInScreen } from "./HandInScreen";
export { VisitScreen } from "./VisitScreen";
export { VisitsScreen } from "./VisitsScreen";
