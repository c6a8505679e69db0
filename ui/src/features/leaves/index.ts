export { LeavesScreen } from "./LeavesScreen";
