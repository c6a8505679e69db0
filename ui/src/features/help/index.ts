export { HelpDialog, type HelpTab } from "./HelpDialog";
export { HelpScreen } from "./HelpScreen";
