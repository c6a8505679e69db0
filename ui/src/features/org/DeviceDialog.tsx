import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import { Choice, Dialog, ErrorNotice, Notice } from "../../components";
import { useTexts } from "../../locales";
import { TicketDialog } from "./TicketDialog";

type DeviceRole = "clerk" | "keeper" | "viewer";
const roles: readonly DeviceRole[] = ["clerk", "keeper", "viewer"];

/** 邀请本单位的电脑: what it may do, then the invitation. */
export function DeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const invite = useCommand("invite.device");
  const [role, setRole] = useState<DeviceRole>("clerk");
  if (invite.data) return <TicketDialog ticket={invite.data} name={t("org.device")} hint={t("org.deviceTicketHint")} onClose={onClose} />;
  return (
    <Dialog title={t("org.inviteDevice")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => invite.mutate({ role, autoApprove: false })} loading={invite.isPending}>{t("org.make")}</Button>
      </>}>
      <Notice tone="grey">{t("org.deviceGets")}</Notice>
      <Choice<DeviceRole> label={t("org.role")} required value={role} onChange={setRole} stacked
        options={roles.map((value) => ({ value, label: t(`org.${value}`) }))} />
      {invite.isError ? <ErrorNotice error={invite.error} /> : null}
    </Dialog>
  );
}
