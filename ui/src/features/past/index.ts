export { DeletedScreen } from "./DeletedScreen";
export { PastScreen } from "./PastScreen";
