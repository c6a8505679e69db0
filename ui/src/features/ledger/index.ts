export { MissingScreen as MatrixScreen } from "../../components/MissingScreen";
export { MissingScreen as MergedScreen } from "../../components/MissingScreen";
