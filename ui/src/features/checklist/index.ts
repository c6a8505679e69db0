export { ChecklistsScreen } from "./ChecklistsScreen";
export { DispatchScreen } from "./DispatchScreen";
export { ItemScreen } from "./ItemScreen";
export { TemplatesScreen } from "./TemplatesScreen";
