export { MeetingScreen } from "./MeetingScreen";
export { MeetingsScreen } from "./MeetingsScreen";
export { RollScreen } from "./RollScreen";
