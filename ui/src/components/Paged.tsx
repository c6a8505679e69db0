import { type ReactNode, useState } from "react";
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

/** Rows at once of a list that is here as a whole. */
const AT_ONCE = 50;

/** A list that is here as a whole: the first of its rows, and more on demand. */
export function LongList<R>({ rows, children }: {
  rows: readonly R[];
  /** One `<li>`. */
  children: (row: R) => ReactNode;
}) {
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <>
      <ul className="card flush list">{rows.slice(0, shown).map(children)}</ul>
      {shown < rows.length ? <More total={rows.length} shown={shown} onMore={() => setShown(shown + AT_ONCE)} /> : null}
    </>
  );
}
