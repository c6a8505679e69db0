import { type ListedKeys, useListedKeys } from "../../components";
import { type TextKey, useTexts } from "../../locales";

const signs: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };
const scopes = ["part", "screen", "everywhere"] as const;

/** Keys of every page that the browser and the controls have of themselves. */
const always: readonly { keys: string[]; label: TextKey }[] = [
  { keys: ["Tab"], label: "keys.tab" },
  { keys: ["Enter"], label: "keys.enter" },
  { keys: [" "], label: "keys.space" },
  { keys: ["Escape"], label: "keys.escape" },
];

/** Every shortcut that acts just now, as it is registered, by where it acts. */
export function KeyList() {
  const { t } = useTexts();
  const listed = useListedKeys();
  return (
    <div className="stack">
      {scopes.map((scope) => {
        const rows = listed.filter((row) => row.scope === scope);
        return rows.length === 0 ? null : <Rows key={scope} title={t(`keys.${scope}`)} rows={rows} />;
      })}
      <Rows title={t("keys.always")} rows={always} />
    </div>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly Pick<ListedKeys, "keys" | "label">[] }) {
  const { t } = useTexts();
  return (
    <section className="stack tight" aria-label={title}>
      <h3>{title}</h3>
      <dl className="key-rows">
        {rows.map((row) => (
          <Row key={row.label} keys={row.keys} what={t(row.label)} space={t("keys.space_name")} />
        ))}
      </dl>
    </section>
  );
}

function Row({ keys, what, space }: { keys: readonly string[]; what: string; space: string }) {
  return (
    <>
      <dt>{keys.map((key) => <kbd key={key}>{key === " " ? space : (signs[key] ?? key)}</kbd>)}</dt>
      <dd>{what}</dd>
    </>
  );
}
