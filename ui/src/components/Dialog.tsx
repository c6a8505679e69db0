import { Modal } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTexts } from "../locales";
import { chord, usePartKeys } from "./keys";

/**
 * A question or small form over the page; Esc closes, focus stays inside, starts where one writes or decides, and goes
 * back to where it came from. Where one writes, Ctrl+Enter does what the main button does: that of the form within it that is
 * written in, else that of the foot.
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
    const dialog = body?.closest("[role=dialog]");
    if (!body || !dialog) return;
    const look = () => setWrites([...body.querySelectorAll("input, select, textarea")].some((field) => mainOf(field, body) !== null));
    look();
    // What is read first comes later, and a button may come to mean something else.
    const changes = new MutationObserver(look);
    changes.observe(dialog, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    return () => changes.disconnect();
  }, []);
  const send = () => {
    const main = box.current && document.activeElement ? mainOf(document.activeElement, box.current) : null;
    // A button that cannot be pressed yet is not pressed by a key either.
    main?.click();
  };
  const onPartKey = usePartKeys(writes ? [{ keys: ["Ctrl+Enter"], label: "common.save", act: send }] : []);
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    // What is pressed in a dialog above comes here too, through the tree of components: it is not meant for this one.
    if (!(event.target instanceof Element) || event.target.closest("[role=dialog]") !== box.current?.closest("[role=dialog]")) return;
    // A key that is held down presses once: not also the button that comes next, nor a form that has just come under it.
    const pressed = chord(event);
    if (event.repeat && (pressed === "Ctrl+Enter" || (pressed === "Enter" && event.target.matches("input")))) event.preventDefault();
    else onPartKey(event);
  };
  // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
  return <div className="stack" ref={box} onKeyDown={onKey}>{children}</div>;
}

/**
 * The button that Ctrl+Enter means at a place: that of the form it is in, where that form has one; else that at the foot of
 * the dialog. Never one among the words, nor one that destroys, which is pressed by itself.
 */
function mainOf(place: Element, box: HTMLElement): HTMLElement | null {
  const form = place.closest("form");
  const own = form && box.contains(form) ? form.querySelectorAll<HTMLElement>(".ant-btn-primary") : [];
  const standing = own.length > 0 ? own : (box.closest("[role=dialog]")?.querySelectorAll<HTMLElement>(".ant-modal-footer .ant-btn-primary") ?? []);
  return [...standing].find((button) => !button.matches(".ant-btn-dangerous")) ?? null;
}
