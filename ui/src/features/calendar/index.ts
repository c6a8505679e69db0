export { CalendarScreen } from "./CalendarScreen";
