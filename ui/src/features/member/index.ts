export { ApplicantScreen } from "./ApplicantScreen";
export { CasesScreen } from "./CasesScreen";
export { MemberScreen } from "./MemberScreen";
export { MembersScreen } from "./MembersScreen";
