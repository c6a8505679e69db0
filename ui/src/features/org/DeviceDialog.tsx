import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import { Check, Choice, Dialog, ErrorNotice, Notice, TicketDialog } from "../../components";
import { useTexts } from "../../locales";

type DeviceRole = "clerk" | "keeper" | "custodian" | "viewer";
const roles: readonly DeviceRole[] = ["clerk", "keeper", "custodian", "viewer"];

/** 邀请本单位的电脑: what it may do, then the invitation. */
export function DeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const invite = useCommand("invite.device");
  const [role, setRole] = useState<DeviceRole>("clerk");
  const [ownBooks, setOwnBooks] = useState(false);
  const asks = role === "clerk" || role === "custodian";
  if (invite.data) return <TicketDialog ticket={invite.data} name={t("org.device")} hint={t("org.deviceTicketHint")} onClose={onClose} />;
  return (
    <Dialog title={t("org.inviteDevice")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={() => invite.mutate({ role, autoApprove: false, ownBooks: asks && ownBooks })} loading={invite.isPending}>{t("org.make")}</Button>
      </>}>
      <Notice tone="grey">{t(role === "keeper" || (asks && ownBooks) ? "org.deviceGets" : "org.deviceGetsUp")}</Notice>
      <Choice<DeviceRole> label={t("org.role")} required value={role} onChange={setRole} stacked
        options={roles.map((value) => ({ value, label: t(`org.${value}`) }))} />
      {asks ? <Check label={t("org.ownBooks")} checked={ownBooks} onChange={setOwnBooks} /> : null}
      {invite.isError ? <ErrorNotice error={invite.error} /> : null}
    </Dialog>
  );
}
