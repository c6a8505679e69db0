export { RootScreen } from "./RootScreen";
