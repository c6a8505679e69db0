import type { DeviceRow } from "../../api/generated/DeviceRow";
import type { Texts } from "../../locales";

/** What people call a device. */
export function deviceName(texts: Texts, row: DeviceRow): string {
  return row.holder ? texts.t("device.removeName", { name: row.holder }) : texts.t("history.computer", { id: row.device.slice(0, 8) });
}
