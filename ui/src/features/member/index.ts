export { MemberScreen } from "./MemberScreen";
export { MembersScreen } from "./MembersScreen";
