import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery } from "../api";
import type { RedactPreview } from "../api/generated/RedactPreview";
import { useTexts } from "../locales";
import { Check } from "./Choice";
import { Dialog } from "./Dialog";
import { ErrorNotice } from "./errors";
import { Blank, Loaded } from "./Page";
import { useToast } from "./Toast";
import { Notice } from "./Words";

/** 撤除已上报文字: takes texts of a record out of the book that the superior reads. */
export function RedactButton({ id }: { id: string }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog">{t("forget.redact")}</Button>
      {open ? <RedactDialog id={id} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function RedactDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const preview = useQuery("record.redact_preview", { record: id, book: null, fields: [] });
  const redact = useCommand("record.redact");
  const [fields, setFields] = useState<string[]>([]);
  const may = preview.data?.keeper === true && preview.data.conflicts === 0;
  return (
    <Dialog title={t("forget.redactTitle")} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" danger disabled={fields.length === 0 || !may} loading={redact.isPending}
          onClick={() => redact.mutate({ record: id, book: null, fields }, { onSuccess: () => { say(t("forget.redacted")); onClose(); } })}>
          {t("forget.doRedact", { n: fields.length })}
        </Button>
      </>
    }>
      <Loaded query={preview}>{(found) => <Texts found={found} fields={fields} onChange={setFields} />}</Loaded>
      {redact.isError ? <ErrorNotice error={redact.error} /> : null}
    </Dialog>
  );
}

function Texts({ found, fields, onChange }: { found: RedactPreview; fields: readonly string[]; onChange: (fields: string[]) => void }) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <span>{t("forget.redactIntro", { superior: found.superior ?? "" })}</span>
      {found.keeper ? null : <Notice tone="yellow">{t("forget.redactKeeper")}</Notice>}
      {found.conflicts > 0 ? <Notice tone="yellow">{t("forget.redactConflicts", { n: found.conflicts })}</Notice> : null}
      {found.fields.length === 0 ? <Blank>{t("forget.redactNone")}</Blank> : found.fields.map((one) => (
        <Check key={one.field} label={one.text} checked={fields.includes(one.field)}
          onChange={(on) => onChange(on ? [...fields, one.field] : fields.filter((field) => field !== one.field))} />
      ))}
      <Notice tone="grey">{t("forget.beyond")}</Notice>
    </div>
  );
}
