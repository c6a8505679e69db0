export { MissingScreen as MembersScreen } from "../../components/MissingScreen";
export { MissingScreen as MemberScreen } from "../../components/MissingScreen";
