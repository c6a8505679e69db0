export { ChooseScreen } from "./ChooseScreen";
