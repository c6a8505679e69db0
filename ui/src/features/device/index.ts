export { DeviceNotices } from "./DeviceNotices";
export { DevicesScreen } from "./DevicesScreen";
export { SheetScreen } from "./SheetScreen";
