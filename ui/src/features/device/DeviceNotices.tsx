import { Button } from "antd";
import { nothing, useCommand, useQuery } from "../../api";
import type { DeviceRow } from "../../api/generated/DeviceRow";
import { Notice } from "../../components";
import { useTexts } from "../../locales";
import { deviceName } from "./name";

/** What people at this computer must know about it and its like, above every screen. */
export function DeviceNotices() {
  const { t } = useTexts();
  const notices = useQuery("device.notices", nothing);
  const { state = null, installed = [] } = notices.data ?? {};
  if ((state === null || state === "active") && installed.length === 0) return null;
  return (
    <div className="stack standing no-print">
      {state === "removed" ? <Notice tone="red" alert>{t("device.iRemoved")}</Notice> : null}
      {state === "retired" ? <Notice tone="grey">{t("device.iRetired")}</Notice> : null}
      {state === "suspended" ? <Notice tone="yellow">{t("device.iSuspended")}</Notice> : null}
      {installed.map((row) => <Installed key={row.device} row={row} />)}
    </div>
  );
}

function Installed({ row }: { row: DeviceRow }) {
  const texts = useTexts();
  const { t, date } = texts;
  const know = useCommand("device.acknowledge");
  return (
    <Notice tone="yellow" alert
      action={<Button loading={know.isPending} onClick={() => know.mutate({ office: row.office, device: row.device })}>{t("device.know")}</Button>}>
      {t("device.installedNotice", { name: deviceName(texts, row), date: date(row.since) })}
    </Notice>
  );
}
