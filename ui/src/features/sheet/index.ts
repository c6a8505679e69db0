export { HandoverScreen } from "./HandoverScreen";
export { sheetName } from "./kinds";
export { SheetLink } from "./SheetLink";
export { SheetsScreen } from "./SheetsScreen";
