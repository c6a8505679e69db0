export { MissingScreen as SyncScreen } from "../../components/MissingScreen";
