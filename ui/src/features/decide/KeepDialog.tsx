import { Button } from "antd";
import { useCommand } from "../../api";
import type { TransferRow } from "../../api/generated/TransferRow";
import { Dialog, ErrorNotice, Mark, useToast } from "../../components";
import { useTexts } from "../../locales";

/** Two branches have one member: one press says which of them keeps it, and the other is told to write it out. */
export function KeepDialog({ row, onClose }: { row: TransferRow; onClose: () => void }) {
  const { t, date, several } = useTexts();
  const say = useToast();
  const keep = useCommand("transfer.keep");
  const others = (office: string) => several(row.holders.filter((one) => one.office !== office).map((one) => one.name));
  // Closed while it is said, nobody would see that it was refused.
  const close = () => { if (!keep.isPending) onClose(); };
  return (
    <Dialog title={`${row.name} · ${t("transfer.keepTitle")}`} open onClose={close} footer={<Button data-first disabled={keep.isPending} onClick={close}>{t("common.cancel")}</Button>}>
      <p>{t("transfer.keepWhy", { from: row.from })}</p>
      <ul className="list">
        {row.holders.map((one) => (
          <li key={one.office} className="line">
            <div className="what">
              <strong>{one.name}</strong>
              {one.on ? <div className="soft">{t("transfer.tookOn", { date: date(one.on) })}</div> : null}
              {one.told ? <Mark tone="yellow">{t("transfer.toldToLeave")}</Mark> : null}
            </div>
            <Button disabled={keep.isPending} aria-label={`${t("transfer.keep")} ${one.name}`}
              onClick={() => keep.mutate({ id: row.id, to: one.office }, { onSuccess: () => { say(t("transfer.keptSaid", { name: one.name, others: others(one.office) })); onClose(); } })}>
              {t("transfer.keep")}
            </Button>
          </li>
        ))}
      </ul>
      <p className="soft">{t("transfer.keepHint")}</p>
      {keep.isError ? <ErrorNotice error={keep.error} /> : null}
    </Dialog>
  );
}
