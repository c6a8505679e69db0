export { JoinScreen } from "./JoinScreen";
export { OrgScreen } from "./OrgScreen";
