export { MissingScreen as ConflictsScreen } from "../../components/MissingScreen";
