export { AlikeScreen } from "./AlikeScreen";
