import { Modal } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTexts } from "../locales";

/**
 * A question or small form over the page; Esc closes, focus stays inside, starts where one writes or decides, and goes
 * back to where it came from.
 */
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
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    // After the window has put the focus on its close button.
    const timer = setTimeout(() => {
      const dialog = box.current?.closest("[role=dialog]");
      const field = box.current?.querySelector<HTMLElement>("input, select, textarea, [role=tab][aria-selected=true]");
      // Where it is said, it is the harmless button, so that an Enter too many does no harm.
      (dialog?.querySelector<HTMLElement>("[data-first]") ?? field ?? dialog?.querySelector<HTMLElement>(".ant-btn-primary"))?.focus();
    });
    return () => {
      clearTimeout(timer);
      // Back to where it was asked from, unless the answer has led elsewhere.
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
      });
    };
  }, [before]);
  return <div className="stack" ref={box}>{children}</div>;
}
