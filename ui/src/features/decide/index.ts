export { DecideScreen } from "./DecideScreen";
