export { UnlockScreen } from "./UnlockScreen";
