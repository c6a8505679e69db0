import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { type Role, useQuery } from "../api";
import type { SearchHit } from "../api/generated/SearchHit";
import { composing, Dialog, ErrorNotice, TextField } from "../components";
import { type Texts, useTexts } from "../locales";
import { navByRole } from "./nav";
import { targetOf } from "./search";

/** Lists that take words to look for. */
const searchable: Record<Role, readonly string[]> = {
  branch: ["/visits", "/members", "/meetings", "/checklists"],
  committee: ["/merged"],
  department: [],
};

/** What a record that was found is: its kind, its day, its amount, whose it is. */
function about({ code, date, t, yuan }: Texts, hit: SearchHit): string {
  return [
    hit.officeName,
    code("recordType", hit.rtype),
    /^\d{4}-\d{2}-\d{2}$/.test(hit.date) ? date(hit.date) : hit.date,
    hit.amount === 0 ? "" : t("common.yuan", { n: yuan(hit.amount) }),
    hit.private ? t("frame.staysHere") : "",
  ].filter((part) => part !== "").join(" · ");
}

/** Ctrl+K: finds records as one types, jumps to a screen, or to a list with the words as its filter. */
export function SearchDialog({ open, role, onClose }: { open: boolean; role: Role; onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Dialog title={t("frame.search")} open={open} onClose={onClose} footer={null}>
      {open ? <Palette role={role} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Palette({ role, onClose }: { role: Role; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const typed = text.trim();

  const found = useQuery("search", { text: typed, limit: 0 }, { enabled: typed !== "", keep: true });
  const hits = typed === "" ? [] : (found.data ?? []);

  const entries = navByRole[role];
  const lists = typed ? entries.filter((entry) => searchable[role].includes(entry.to)) : [];
  const screens = entries.filter((entry) => typed === "" || t(entry.label).includes(typed));
  const rows = [
    ...hits.map((hit) => ({ key: `hit ${hit.id}`, label: hit.title || t("frame.untitled"), about: about(texts, hit), ...targetOf(hit) })),
    ...lists.map((entry) => ({ key: `in${entry.to}`, label: t("frame.searchIn", { list: t(entry.label), text: typed }), about: "", to: entry.to, search: { text: typed } })),
    ...screens.map((entry) => ({ key: entry.to, label: t("frame.goTo", { screen: t(entry.label) }), about: "", to: entry.to, search: {} })),
  ];
  const current = Math.min(at, rows.length - 1);

  function go(index: number) {
    const row = rows[index];
    if (!row) return;
    onClose();
    void navigate({ to: row.to, search: row.search });
  }

  function onKey(event: KeyboardEvent) {
    if (composing(event.nativeEvent)) return;
    if (event.key === "ArrowDown") setAt(Math.min(current + 1, rows.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(current - 1, 0));
    else if (event.key === "Enter") go(current);
    else return;
    event.preventDefault();
  }

  return (
    <div className="stack" onKeyDown={onKey} role="presentation">
      <TextField label={t("frame.searchHint")} value={text} onChange={(value) => { setText(value); setAt(0); }} autoFocus />
      <p className="soft" role="status">{typed === "" || found.data === undefined ? "" : hits.length === 0 ? t("frame.nothingFound") : t("frame.foundN", { n: hits.length })}</p>
      {found.isError ? <ErrorNotice error={found.error} /> : null}
      <div className="options inline" role="listbox" aria-label={t("frame.search")}>
        {rows.map((row, index) => (
          <div key={row.key} id={`${id}-${index}`} role="option" tabIndex={-1} aria-selected={index === current}
            onClick={() => go(index)} onKeyDown={() => {}}>
            {row.label}
            {row.about === "" ? null : <span className="block soft">{row.about}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
