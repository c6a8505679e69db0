import { Button } from "antd";
import type { ReactNode } from "react";
import { useRecords } from "../api";
import { useTexts } from "../locales";
import { ErrorNotice } from "./errors";

/** Heading, actions, content. */
export function Page({ title, actions, links, writes, narrow, children }: {
  title: string;
  actions?: ReactNode;
  /** Ways to other screens, for whoever reads too. */
  links?: ReactNode;
  /** The actions record something: a computer that only reads has none. */
  writes?: boolean;
  narrow?: boolean;
  children: ReactNode;
}) {
  const records = useRecords();
  const offered = writes && !records ? null : actions;
  return (
    <div className={narrow ? "page narrow" : "page"}>
      <div className="row apart">
        <h1 tabIndex={-1}>{title}</h1>
        {offered || links ? <div className="row no-print">{links}{offered}</div> : null}
      </div>
      {children}
    </div>
  );
}

/** The answer of a query, or what to say until it is there. */
export function Loaded<T>({ query, children }: {
  query: { data: T | undefined; isError: boolean; error: unknown; refetch: () => Promise<unknown> };
  children: (data: T) => ReactNode;
}) {
  const { t } = useTexts();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorNotice error={query.error} retry={() => void query.refetch()} />;
  return <p className="blank" role="status">{t("common.loading")}</p>;
}

export function Blank({ children }: { children?: ReactNode }) {
  const { t } = useTexts();
  return <p className="blank">{children ?? t("common.empty")}</p>;
}

/** Foot of a long list: how many there are, and more of them. */
export function More({ total, shown, onMore }: { total: number; shown: number; onMore: () => void }) {
  const { t } = useTexts();
  return (
    <div className="row apart">
      <span className="soft">{t("common.total", { n: total })}</span>
      {shown < total ? <Button onClick={onMore}>{t("common.more", { n: Math.min(50, total - shown) })}</Button> : null}
    </div>
  );
}

/** Tab strip: one tab stop, arrows choose. */
export function Tabs<V extends string>({ label, value, options, onChange }: {
  label: string;
  value: V;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
}) {
  return (
    <div className="tabs no-print" role="tablist" aria-label={label}>
      {options.map((option, index) => (
        <button key={option.value} type="button" role="tab" className="tab" aria-selected={option.value === value}
          tabIndex={option.value === value ? 0 : -1} onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (step === undefined) return;
            event.preventDefault();
            const next = options[(index + step + options.length) % options.length];
            const sibling = event.currentTarget.parentElement?.children[(index + step + options.length) % options.length];
            if (next) onChange(next.value);
            (sibling as HTMLElement | undefined)?.focus();
          }}>
          {option.label}
        </button>
      ))}
    </div>
  );
}
