export { SecurityScreen } from "./SecurityScreen";
