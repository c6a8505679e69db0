import type { ReactNode } from "react";
import { Blank, Loaded, More } from "./Page";

/** A long list under its filters: what is shown of it, and more on demand. */
export function Paged<R extends { id: string }>({ list, children }: {
  list: {
    data: { total: number; rows: readonly R[] } | undefined;
    isError: boolean;
    error: unknown;
    refetch: () => Promise<unknown>;
    more: () => void;
  };
  /** One `<li>`. */
  children: (row: R) => ReactNode;
}) {
  return (
    <Loaded query={list}>
      {(page) =>
        page.rows.length === 0 ? <Blank /> : (
          <>
            <ul className="card flush list">{page.rows.map(children)}</ul>
            <More total={page.total} shown={page.rows.length} onMore={list.more} />
          </>
        )
      }
    </Loaded>
  );
}
