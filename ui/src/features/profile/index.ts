export { ChooseScreen } from "./ChooseScreen";
export { ProfilesPart } from "./ProfilesPart";
