import { Button, QRCode } from "antd";
import { saveFile } from "../api";
import type { Ticket } from "../api/generated/Ticket";
import { useTexts } from "../locales";
import { useCopy } from "./copy";
import { Dialog } from "./Dialog";
import { Notice } from "./Words";
import "./ticket.css";

/** An invitation as text: copied, or saved as a file. */
export function TicketDialog({ ticket, name, hint, onClose }: { ticket: Ticket; name: string; hint: string; onClose: () => void }) {
  const { t, date } = useTexts();
  const copy = useCopy();
  const file = { name: `${t("org.ticket")}-${name}.txt`, base64: btoa(ticket.text) };
  return (
    <Dialog title={t("org.ticketFor", { name })} open onClose={onClose}
      footer={<>
        <Button onClick={() => globalThis.print()}>{t("stick.print")}</Button>
        <Button onClick={() => void saveFile(file)}>{t("org.saveTicket")}</Button>
        <Button onClick={() => copy(ticket.text)}>{t("common.copy")}</Button>
        <Button type="primary" onClick={onClose}>{t("common.close")}</Button>
      </>}>
      <p>{hint}</p>
      <div className="ticket-code">
        <QRCode aria-label={t("stick.scan")} type="svg" value={ticket.text} size={296} errorLevel="M" bordered={false} color="#000" bgColor="#fff" />
      </div>
      <p className="soft">{t("stick.scan")}</p>
      <p className="ticket-text" tabIndex={-1}>{ticket.text}</p>
      <p className="soft">{t("org.ticketExpires", { date: date(ticket.expiresOn) })}</p>
      {ticket.addresses.length === 0 ? <Notice tone="yellow">{t("org.noAddress")}</Notice> : null}
    </Dialog>
  );
}
