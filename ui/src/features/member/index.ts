export { ApplicantScreen } from "./ApplicantScreen";
export { MemberScreen } from "./MemberScreen";
export { MembersScreen } from "./MembersScreen";
