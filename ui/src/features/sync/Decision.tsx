import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { TroubleRow } from "../../api/generated/TroubleRow";
import { Dialog, ErrorNotice, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 采纳 or 弃用 what a removed computer wrote afterwards: asked once more, for neither is taken back. */
export function Decision({ row, device }: { row: TroubleRow; device: string }) {
  const { t } = useTexts();
  const [asking, setAsking] = useState<"adopt" | "discard" | null>(null);
  return (
    <span className="row">
      <Button onClick={() => setAsking("adopt")}>{t("device.adopt")}</Button>
      {row.mayDiscard ? <Button danger onClick={() => setAsking("discard")}>{t("device.discard")}</Button> : null}
      {asking ? <Question what={asking} input={{ office: row.officeId, device }} onClose={() => setAsking(null)} /> : null}
    </span>
  );
}

function Question({ what, input, onClose }: { what: "adopt" | "discard"; input: { office: string; device: string }; onClose: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const decide = useCommand(`device.${what}`);
  return (
    <Dialog title={t(`device.${what}Title`)} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" danger={what === "discard"} loading={decide.isPending} onClick={() => decide.mutate(input, {
          onSuccess: (done) => {
            say(t(what === "adopt" ? "device.adopted" : "device.discarded", { n: done.changes }));
            onClose();
          },
        })}>{t(`device.${what}`)}</Button>
      </>}>
      <p>{t(`device.${what}Hint`)}</p>
      {decide.isError ? <ErrorNotice error={decide.error} /> : null}
    </Dialog>
  );
}
