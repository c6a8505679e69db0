export { FormsScreen } from "./FormsScreen";
