import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { OfficeKindDto } from "../../api/generated/OfficeKindDto";
import { Dialog, fieldErrors, Notice, SelectField, TextField, TicketDialog } from "../../components";
import { useTexts } from "../../locales";
import { below, kinds } from "./kinds";

/** 邀请下级: name and kind, then the invitation. */
export function InviteDialog({ own, onClose }: { own: OfficeKindDto; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const invite = useCommand("invite.office");
  const [name, setName] = useState("");
  const [kind, setKind] = useState<OfficeKindDto>(below[own][0] ?? "branch");
  const [missing, setMissing] = useState(false);
  const errors = invite.isError ? fieldErrors(texts, invite.error, ["name", "kind"]) : {};

  function make() {
    setMissing(name.trim() === "");
    if (name.trim() === "") return;
    invite.mutate({ name: name.trim(), kind, autoApprove: false });
  }

  if (invite.data) return <TicketDialog ticket={invite.data} name={name.trim()} hint={t("org.ticketHint")} onClose={onClose} />;
  return (
    <Dialog title={t("org.invite")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={make} loading={invite.isPending}>{t("org.make")}</Button>
      </>}>
      <TextField label={t("org.inviteName")} required value={name} onChange={setName} autoFocus error={missing ? t("errors.required") : errors["name"]} />
      <SelectField<OfficeKindDto> label={t("org.inviteKind")} required value={kind} onChange={setKind} error={errors["kind"]}
        options={below[own].map((value) => ({ value, label: t(kinds[value]) }))} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
