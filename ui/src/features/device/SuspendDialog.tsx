import { Button } from "antd";
import { useCommand } from "../../api";
import type { DeviceRow } from "../../api/generated/DeviceRow";
import { Dialog, ErrorNotice, useToast } from "../../components";
import { useTexts } from "../../locales";
import { deviceName } from "./name";

/** 暂停登记: what a colleague may do until the superior decides. */
export function SuspendDialog({ row, onClose }: { row: DeviceRow; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const suspend = useCommand("device.suspend");
  return (
    <Dialog title={t("device.suspendTitle", { name: deviceName(texts, row) })} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button danger type="primary" loading={suspend.isPending}
          onClick={() => suspend.mutate({ office: row.office, device: row.device }, {
            onSuccess: () => {
              say(t("device.suspendedNow"));
              onClose();
            },
          })}>{t("device.doSuspend")}</Button>
      </>}>
      <p>{t("device.suspendHint")}</p>
      {suspend.isError ? <ErrorNotice error={suspend.error} /> : null}
    </Dialog>
  );
}
