import type { Notices } from "./types";

/** Notices of the browser itself. They work without a network, and only after a person allowed them. */
export const browserNotices: Notices = {
  state() {
    if (!("Notification" in globalThis)) return "none";
    return Notification.permission === "granted" ? "granted" : Notification.permission === "denied" ? "refused" : "ask";
  },
  async ask() {
    if ("Notification" in globalThis) await Notification.requestPermission();
    return this.state();
  },
  show(title, body, onPressed) {
    const notice = new Notification(title, { body, tag: "yibenzhang" });
    notice.addEventListener("click", () => {
      globalThis.focus();
      notice.close();
      onPressed();
    });
    return Promise.resolve();
  },
};
