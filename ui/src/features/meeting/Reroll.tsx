import { Button } from "antd";
import { useState } from "react";
import { useCommand, useRecords } from "../../api";
import type { SessionView } from "../../api/generated/SessionView";
import { Dialog, ErrorNotice, Notice, useToast } from "../../components";
import { useTexts } from "../../locales";

/** The roll is not that of the day's roster: says so, shows what would change, and remakes it when told to. Marks stay. */
export function RerollNotice({ view, busy = false, onDone }: {
  view: SessionView;
  /** Marks are still on their way. */
  busy?: boolean;
  onDone?: (view: SessionView) => void;
}) {
  const { t, several } = useTexts();
  const say = useToast();
  const writes = useRecords();
  const remake = useCommand("meeting.reroll");
  const [open, setOpen] = useState(false);
  const { reroll } = view;
  if (reroll === null) return null;
  const sides = [["rerollAdded", reroll.added], ["rerollGone", reroll.gone], ["rerollVotes", reroll.votes]] as const;
  return (
    <Notice tone={reroll.ofOther ? "yellow" : "grey"} action={writes ? <Button disabled={busy} onClick={() => setOpen(true)}>{t("meeting.reroll")}</Button> : null}>
      {t(reroll.ofOther ? "meeting.rollOfOther" : "meeting.rosterChanged")}
      <Dialog title={t("meeting.reroll")} open={open} onClose={() => setOpen(false)}
        footer={<>
          <Button onClick={() => setOpen(false)}>{t("common.cancel")}</Button>
          <Button type="primary" autoFocus loading={remake.isPending}
            onClick={() => remake.mutate({ id: view.row.id }, { onSuccess: (next) => { setOpen(false); say(t("meeting.rerolled")); onDone?.(next); } })}>
            {t("meeting.reroll")}
          </Button>
        </>}>
        {sides.map(([key, names]) => (names.length === 0 ? null : <p key={key}>{t(`meeting.${key}`, { n: names.length, names: several(names) })}</p>))}
        <p className="soft">{t("meeting.rerollKept")}</p>
        {remake.isError ? <ErrorNotice error={remake.error} /> : null}
      </Dialog>
    </Notice>
  );
}
