import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery } from "../../api";
import type { ErasePreview } from "../../api/generated/ErasePreview";
import { Check, Dialog, ErrorNotice, Loaded, Notice, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 删除这一户: says what becomes unreadable, where, and what cannot be reached, before anything is done. */
export function EraseHousehold({ id }: { id: string }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button danger onClick={() => setOpen(true)} aria-haspopup="dialog">{t("forget.household")}</Button>
      {open ? <EraseDialog id={id} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function EraseDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const preview = useQuery("household.erase_preview", { id });
  const erase = useCommand("household.erase");
  const [sure, setSure] = useState(false);
  const name = preview.data?.name ?? "";
  return (
    <Dialog title={t("forget.householdTitle", { name })} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" danger disabled={!sure || !preview.data} loading={erase.isPending}
          onClick={() => erase.mutate({ id }, { onSuccess: () => { say(t("forget.erased", { name })); onClose(); } })}>
          {t("forget.doErase")}
        </Button>
      </>
    }>
      <Loaded query={preview}>{(found) => <What found={found} />}</Loaded>
      <Check label={t("forget.sure")} checked={sure} onChange={setSure} />
      {erase.isError ? <ErrorNotice error={erase.error} /> : null}
    </Dialog>
  );
}

function What({ found }: { found: ErasePreview }) {
  const { t, code, date, several } = useTexts();
  return (
    <div className="stack">
      <strong>{t("forget.householdFor")}</strong>
      <ul className="stack tight">
        <li>{t("forget.visits", { n: found.visits })}</li>
        <li>{t("forget.kept", { n: found.kept })}</li>
        {found.others > 0 ? <li>{t("forget.others", { n: found.others })}</li> : null}
        {found.drafts > 0 ? <li>{t("forget.drafts", { n: found.drafts })}</li> : null}
        <li>{found.devices.length > 0 ? t("forget.devices", { names: several(found.devices) }) : t("forget.noDevices")}</li>
      </ul>
      {found.upward.length > 0 ? (
        <Notice tone="yellow">
          {t("forget.upward", { superior: found.superior ?? "", n: found.upward.length })}
          <ul>{found.upward.map((one) => <li key={`${one.record} ${one.field}`}>{date(one.date)} {code("recordType", one.recordType)} · {one.text}</li>)}</ul>
        </Notice>
      ) : null}
      <Notice tone="grey">{t("forget.beyond")}</Notice>
    </div>
  );
}
