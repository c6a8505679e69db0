export { DuesScreen } from "./DuesScreen";
export { RulesScreen } from "./RulesScreen";
