export { MissingScreen as SnapshotsScreen } from "../../components/MissingScreen";
export { MissingScreen as SnapshotScreen } from "../../components/MissingScreen";
