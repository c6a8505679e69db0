export { FirstUseScreen } from "./FirstUseScreen";
