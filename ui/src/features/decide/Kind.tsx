import type { ReactNode } from "react";

/** One kind of things that wait; of none nothing is shown. */
export function Kind({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section className="card flush" aria-label={title}>
      <h2 className="list-title">{title} <span className="soft">{count}</span></h2>
      <ul className="list">{children}</ul>
    </section>
  );
}
