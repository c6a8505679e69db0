import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import { Dialog, ErrorNotice, Notice, TicketDialog, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 办理交接: read the sheet, sync, invite the successor. */
export function HandoverDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const [step, setStep] = useState(1);
  const [alone, setAlone] = useState(false);
  const install = useCommand("handover.install");
  if (install.data) return <TicketDialog ticket={install.data} name={t("handover.ticketName")} hint={t("handover.ticketHint")} onClose={onClose} />;
  if (alone) return <RetireDialog onBack={() => setAlone(false)} onClose={onClose} />;
  return (
    <Dialog title={`${t("handover.wizard")} · ${t("handover.stepOf", { n: step })}`} open onClose={onClose}
      footer={<>
        <Button onClick={() => (step === 1 ? onClose() : setStep(step - 1))}>{step === 1 ? t("common.cancel") : t("device.back")}</Button>
        {step < 3
          ? <Button type="primary" onClick={() => setStep(step + 1)}>{t("device.next")}</Button>
          : <Button type="primary" loading={install.isPending} onClick={() => install.mutate({ office: null, autoApprove: false })}>{t("handover.make")}</Button>}
      </>}>
      {step === 1 ? (
        <>
          <h3>{t("handover.step1")}</h3>
          <p>{t("handover.step1Hint")}</p>
          <p><Link to="/handover" className="ant-btn" onClick={onClose}>{t("handover.sheet")}</Link></p>
        </>
      ) : null}
      {step === 2 ? <SyncStep /> : null}
      {step === 3 ? (
        <>
          <h3>{t("handover.step3")}</h3>
          <p>{t("handover.step3Hint")}</p>
          {install.isError ? <ErrorNotice error={install.error} /> : null}
          <Notice tone="grey" action={<Button onClick={() => setAlone(true)}>{t("handover.retire")}</Button>}>
            <strong>{t("handover.alone")}</strong> {t("handover.aloneHint")}
          </Notice>
        </>
      ) : null}
    </Dialog>
  );
}

function SyncStep() {
  const { t } = useTexts();
  const status = useQuery("sync.status", nothing);
  const sync = useCommand("sync.now");
  const unsent = status.data?.unsent ?? 0;
  return (
    <>
      <h3>{t("handover.step2")}</h3>
      {status.data ? <Notice tone={unsent === 0 ? "green" : "blue"}>{unsent === 0 ? t("handover.step2Done") : t("handover.step2Left", { n: unsent })}</Notice> : null}
      <p><Button loading={sync.isPending} onClick={() => sync.mutate({ timeoutS: 30 })}>{t("sync.now")}</Button></p>
      {sync.isError ? <ErrorNotice error={sync.error} /> : null}
    </>
  );
}

function RetireDialog({ onBack, onClose }: { onBack: () => void; onClose: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const retire = useCommand("handover.retire");
  return (
    <Dialog title={t("handover.retireTitle")} open onClose={onClose}
      footer={<>
        <Button onClick={onBack}>{t("device.back")}</Button>
        <Button danger type="primary" loading={retire.isPending} onClick={() => retire.mutate({}, {
          onSuccess: () => {
            say(t("handover.retired"));
            onClose();
          },
        })}>{t("handover.doRetire")}</Button>
      </>}>
      <Notice tone="yellow" alert>{t("handover.retireHint")}</Notice>
      {retire.isError ? <ErrorNotice error={retire.error} /> : null}
    </Dialog>
  );
}
