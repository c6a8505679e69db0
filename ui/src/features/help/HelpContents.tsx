import { type ReactNode, useState } from "react";
import { TextField } from "../../components";
import { helpPage, helpPages, searchHelp } from "../../help";
import { useTexts } from "../../locales";

/** Every page of the help, to look through and to search; nothing is fetched. What is open stands between search and titles. */
export function HelpContents({ onOpen, children }: { onOpen: (id: string) => void; children?: ReactNode }) {
  const { t, language } = useTexts();
  const [typed, setTyped] = useState("");
  const found = searchHelp(language, typed);
  const { topics, screens } = helpPages(language);
  return (
    <>
      <TextField label={t("help.search")} hint={t("help.searchHint")} value={typed} onChange={setTyped} />
      <p className="soft" role="status">{typed.trim() === "" ? t("help.offline") : found.length === 0 ? t("help.nothing") : t("help.found", { n: found.length })}</p>
      {typed.trim() === "" ? null : <Titles ids={found} label={t("help.search")} onOpen={onOpen} />}
      {children}
      <section className="card stack tight" aria-label={t("help.topics")}>
        <h2>{t("help.topics")}</h2>
        <Titles ids={Object.keys(topics)} label={t("help.topics")} onOpen={onOpen} />
      </section>
      <section className="card stack tight" aria-label={t("help.screens")}>
        <h2>{t("help.screens")}</h2>
        <Titles ids={Object.keys(screens)} label={t("help.screens")} onOpen={onOpen} />
      </section>
    </>
  );
}

function Titles({ ids, label, onOpen }: { ids: readonly string[]; label: string; onOpen: (id: string) => void }) {
  const { language } = useTexts();
  if (ids.length === 0) return null;
  return (
    <ul className="help-pages" aria-label={label}>
      {ids.map((id) => <li key={id}><button type="button" className="plain-button" onClick={() => onOpen(id)}>{helpPage(language, id)?.title}</button></li>)}
    </ul>
  );
}
