import { Button } from "antd";
import { useState } from "react";
import { type Role, saveFile, useCommand } from "../../api";
import type { OfficeKindDto } from "../../api/generated/OfficeKindDto";
import type { Ticket } from "../../api/generated/Ticket";
import { Dialog, ErrorNotice, SelectField, TextField, useToast } from "../../components";
import { type TextKey, useTexts } from "../../locales";

const kinds: Record<OfficeKindDto, TextKey> = {
  branch: "frame.kindBranch",
  "general-branch": "frame.kindGeneralBranch",
  committee: "frame.kindCommittee",
  "organization-department": "frame.kindDepartment",
};

/** An invitation as text: copied, or saved as a file. */
export function InviteDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  const { t } = useTexts();
  const invite = useCommand("invite.office");
  const [name, setName] = useState("");
  const [kind, setKind] = useState<OfficeKindDto>(role === "department" ? "committee" : "branch");
  const [missing, setMissing] = useState(false);
  const choices: OfficeKindDto[] = role === "department" ? ["committee", "general-branch", "branch"] : ["branch", "general-branch"];

  function make() {
    setMissing(name.trim() === "");
    if (name.trim() === "") return;
    invite.mutate({ name: name.trim(), kind, autoApprove: false });
  }

  if (invite.data) return <TicketDialog ticket={invite.data} name={name.trim()} onClose={onClose} />;
  return (
    <Dialog title={t("org.invite")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={make} loading={invite.isPending}>{t("org.make")}</Button>
      </>}>
      <TextField label={t("org.inviteName")} required value={name} onChange={setName} autoFocus error={missing ? t("errors.required") : undefined} />
      <SelectField<OfficeKindDto> label={t("org.inviteKind")} required value={kind} onChange={setKind}
        options={choices.map((value) => ({ value, label: t(kinds[value]) }))} />
      {invite.isError ? <ErrorNotice error={invite.error} /> : null}
    </Dialog>
  );
}

function TicketDialog({ ticket, name, onClose }: { ticket: Ticket; name: string; onClose: () => void }) {
  const { t, date } = useTexts();
  const say = useToast();
  const file = { name: `${t("org.ticket")}-${name}.txt`, base64: btoa(ticket.text) };
  return (
    <Dialog title={t("org.ticketFor", { name })} open onClose={onClose}
      footer={<>
        <Button onClick={() => void navigator.clipboard?.writeText(ticket.text).then(() => say(t("common.copied")))}>{t("common.copy")}</Button>
        <Button onClick={() => void saveFile(file)}>{t("org.saveTicket")}</Button>
        <Button type="primary" onClick={onClose}>{t("common.close")}</Button>
      </>}>
      <p className="ticket-text">{ticket.text}</p>
      <p>{t("org.ticketHint")}</p>
      <p className="soft">{t("org.ticketExpires", { date: date(ticket.expiresOn) })}</p>
    </Dialog>
  );
}
