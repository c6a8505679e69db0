import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Page, TextField } from "../../components";
import { helpPage, helpPages, searchHelp } from "../../help";
import { useTexts } from "../../locales";
import { HelpText } from "./HelpText";

/** 帮助: every page of it, to look through and to search; nothing is fetched. */
export function HelpScreen() {
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const { id } = useSearch({ strict: false });
  const [typed, setTyped] = useState("");
  const found = searchHelp(language, typed);
  const { topics, screens } = helpPages(language);
  const open = (page: string) => void navigate({ to: "/help", search: { id: page } });
  const page = useRef<HTMLDivElement>(null);
  // What was chosen is read next, by eyes and by a screen reader.
  useEffect(() => {
    if (id) page.current?.focus();
  }, [id]);
  return (
    <Page title={t("help.title")} narrow>
      <TextField label={t("help.search")} hint={t("help.searchHint")} value={typed} onChange={setTyped} />
      <p className="soft" role="status">{typed.trim() === "" ? t("help.offline") : found.length === 0 ? t("help.nothing") : t("help.found", { n: found.length })}</p>
      {typed.trim() === "" ? null : <Titles ids={found} label={t("help.search")} onOpen={open} />}
      {id && helpPage(language, id) ? (
        <div className="card" ref={page} tabIndex={-1}><HelpText id={id} onSee={open} /></div>
      ) : null}
      <section className="card stack tight" aria-label={t("help.topics")}>
        <h2>{t("help.topics")}</h2>
        <Titles ids={Object.keys(topics)} label={t("help.topics")} onOpen={open} />
      </section>
      <section className="card stack tight" aria-label={t("help.screens")}>
        <h2>{t("help.screens")}</h2>
        <Titles ids={Object.keys(screens)} label={t("help.screens")} onOpen={open} />
      </section>
    </Page>
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
