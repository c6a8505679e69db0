export type DeviceState = "active" | "suspended" | "retired" | "removed";
