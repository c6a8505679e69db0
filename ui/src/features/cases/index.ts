export { CasesScreen } from "./CasesScreen";
