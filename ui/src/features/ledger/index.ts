export { MatrixScreen } from "./MatrixScreen";
export { MergedScreen } from "./MergedScreen";
