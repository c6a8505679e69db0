export { DeviceNotices } from "./DeviceNotices";
export { DevicesScreen } from "./DevicesScreen";
