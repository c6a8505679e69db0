export { ConflictsScreen } from "./ConflictsScreen";
export { TextsPart } from "./TextsPart";
