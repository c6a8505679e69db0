export { TakeOverScreen } from "./TakeOverScreen";
export { TreeScreen } from "./TreeScreen";
