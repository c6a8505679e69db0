import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Page } from "../../components";
import { helpPage } from "../../help";
import { useTexts } from "../../locales";
import { HelpContents } from "./HelpContents";
import { HelpText } from "./HelpText";

/** 帮助: every page of it. */
export function HelpScreen() {
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const { id } = useSearch({ strict: false });
  const open = (page: string) => void navigate({ to: "/help", search: { id: page } });
  const page = useRef<HTMLDivElement>(null);
  // What was chosen is read next, by eyes and by a screen reader.
  useEffect(() => {
    if (id) page.current?.focus();
  }, [id]);
  return (
    <Page title={t("help.title")} narrow>
      <HelpContents onOpen={open}>
        {id && helpPage(language, id) ? (
          <div className="card" ref={page} tabIndex={-1}><HelpText id={id} onSee={open} /></div>
        ) : null}
      </HelpContents>
    </Page>
  );
}
