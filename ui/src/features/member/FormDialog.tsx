import { Button } from "antd";
import type { ReactNode } from "react";
import { Dialog, KeepButton, Notice, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import type { DialogDraft } from "./typed";

/** A form over the page: Enter saves, Esc closes, what no field shows stands at the foot. */
export function FormDialog<T>({ title, form, draft, save, extra, onSave, onClose, children }: {
  title: string;
  draft?: DialogDraft;
  form: { foot: string | undefined; stoppedAtFoot: { input: T; keep: () => void; clean: (input: T) => void } | undefined; pending: boolean };
  /** Words of the button; without them 保存. */
  save?: string;
  extra?: ReactNode;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTexts();
  // Closed while it saves nobody would be there to end the draft.
  const close = () => { if (!form.pending) onClose(); };
  return (
    <Dialog title={title} open onClose={close} footer={<>
      <Button disabled={form.pending} onClick={close}>{t("common.cancel")}</Button>
      {extra}
      <Button type="primary" loading={form.pending} onClick={onSave}>{save ?? t("common.save")}</Button>
    </>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); onSave(); }}>
        {draft ? <TypedBefore draft={draft} /> : null}
        {children}
        {form.foot ? <Notice tone="red" alert action={form.stoppedAtFoot ? <KeepButton typed={form.stoppedAtFoot.input} onKeep={form.stoppedAtFoot.keep} onClean={form.stoppedAtFoot.clean} /> : null}>{form.foot}</Notice> : null}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}
