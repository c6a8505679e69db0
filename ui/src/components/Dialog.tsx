import { Modal } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTexts } from "../locales";
import { usePartKeys } from "./keys";

/**
 * A question or small form over the page; Esc closes, focus stays inside, starts where one writes or decides, and goes
 * back to where it came from. Where one writes, Ctrl+Enter does what the main button does.
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
  const [writes, setWrites] = useState(false);
  useEffect(() => {
    const body = box.current;
    if (!body) return;
    const look = () => setWrites(fieldIn(body) !== null && mainIn(body) !== null);
    look();
    // What is read first comes later.
    const changes = new MutationObserver(look);
    changes.observe(body, { childList: true, subtree: true });
    return () => changes.disconnect();
  }, []);
  // A form within the dialog that has a main button of its own is meant before the dialog.
  const send = () => {
    const form = document.activeElement?.closest<HTMLElement>("form");
    const main = (form && box.current?.contains(form) ? form.querySelector<HTMLElement>(primary) : null) ?? (box.current ? mainIn(box.current) : null);
    main?.click();
  };
  const onKey = usePartKeys(writes ? [{ keys: ["Ctrl+Enter"], label: "common.save", act: send }] : []);
  // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
  return <div className="stack" ref={box} onKeyDown={onKey}>{children}</div>;
}

/** The button that stands out; one that destroys is pressed by itself. */
const primary = ".ant-btn-primary:not(.ant-btn-dangerous, :disabled)";
const fieldIn = (box: HTMLElement) => box.querySelector<HTMLElement>("input, select, textarea");
/** That of the dialog itself before one among its words. */
function mainIn(box: HTMLElement): HTMLElement | null {
  const dialog = box.closest("[role=dialog]");
  return dialog?.querySelector<HTMLElement>(`.ant-modal-footer ${primary}`) ?? dialog?.querySelector<HTMLElement>(primary) ?? null;
}
