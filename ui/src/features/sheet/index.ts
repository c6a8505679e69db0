export { HandoverScreen } from "./HandoverScreen";
export { SheetLink } from "./SheetLink";
export { SheetsScreen } from "./SheetsScreen";
