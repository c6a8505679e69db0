export { DuesScreen } from "./DuesScreen";
