export { MissingScreen as JoinScreen } from "../../components/MissingScreen";
export { MissingScreen as OrgScreen } from "../../components/MissingScreen";
