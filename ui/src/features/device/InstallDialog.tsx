import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import { Dialog, ErrorNotice, Notice, type Option, SelectField, TicketDialog } from "../../components";
import { useTexts } from "../../locales";

/** 为下级登记新书记: which office, then the invitation. */
export function InstallDialog({ offices, onClose }: { offices: Option<string>[]; onClose: () => void }) {
  const { t } = useTexts();
  const install = useCommand("handover.install");
  const [office, setOffice] = useState(offices[0]?.value ?? "");
  const name = offices.find((one) => one.value === office)?.label ?? "";
  if (install.data) return <TicketDialog ticket={install.data} name={name} hint={t("handover.installTicketHint")} onClose={onClose} />;
  return (
    <Dialog title={t("handover.installBelow")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={install.isPending} onClick={() => install.mutate({ office, autoApprove: false })}>{t("org.make")}</Button>
      </>}>
      <Notice tone="grey">{t("handover.installHint")}</Notice>
      <SelectField<string> label={t("handover.installWhich")} required value={office} onChange={setOffice} options={offices} />
      {install.isError ? <ErrorNotice error={install.error} /> : null}
    </Dialog>
  );
}
