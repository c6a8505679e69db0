import { Modal } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "../locales";

/** A question or small form over the page; Esc closes, focus stays inside. */
export function Dialog({ title, open, onClose, footer, wide, children }: {
  title: string;
  open: boolean;
  onClose: () => void;
  footer: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useTexts();
  return (
    <Modal title={title} open={open} onCancel={onClose} footer={<div className="row end">{footer}</div>} destroyOnHidden
      width={wide ? "56rem" : "34rem"} closable={{ "aria-label": t("common.close") }} maskClosable={false}>
      <div className="stack">{children}</div>
    </Modal>
  );
}
