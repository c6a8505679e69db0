import { Modal } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { useTexts } from "../locales";

/** A question or small form over the page; Esc closes, focus stays inside and starts where one writes or decides. */
export function Dialog({ title, open, onClose, footer, children }: {
  title: string;
  open: boolean;
  onClose: () => void;
  footer: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTexts();
  return (
    <Modal title={title} open={open} onCancel={onClose} destroyOnHidden width="34rem" mask={{ closable: false }}
      closable={{ "aria-label": t("common.close") }} footer={footer === null ? null : <div className="row end">{footer}</div>}>
      <Body>{children}</Body>
    </Modal>
  );
}

function Body({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the window has put the focus on its close button.
    const timer = setTimeout(() => {
      const dialog = box.current?.closest("[role=dialog]");
      const field = box.current?.querySelector<HTMLElement>("input, select, textarea");
      (field ?? dialog?.querySelector<HTMLElement>(".ant-btn-primary"))?.focus();
    });
    return () => clearTimeout(timer);
  }, []);
  return <div className="stack" ref={box}>{children}</div>;
}
