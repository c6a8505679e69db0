import type { ReactNode } from "react";

/** A wide table that the keyboard can move sideways. */
export function Scroll({ label, flush, children }: { label: string; flush?: boolean; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={flush ? "card flush scroll" : "scroll"} role="group" aria-label={label} tabIndex={0}>{children}</div>
  );
}
