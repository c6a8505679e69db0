export { MissingScreen as MeetingsScreen } from "../../components/MissingScreen";
export { MissingScreen as MeetingScreen } from "../../components/MissingScreen";
export { MissingScreen as RollScreen } from "../../components/MissingScreen";
