export { RolesScreen } from "./RolesScreen";
