export { SnapshotScreen } from "./SnapshotScreen";
export { SnapshotsScreen } from "./SnapshotsScreen";
