import { useState } from "react";
import { ErrorNotice, Loaded, Page } from "../../components";
import { useTexts } from "../../locales";
import { Paper } from "./Paper";
import { SheetActions } from "./SheetActions";
import { useSheet } from "./useSheet";

const input = { kind: "handover", year: null, fromMonth: null, toMonth: null, record: null };

/** 换届交接单: one page to print and to sign. Counts and categories; no resident's name. */
export function HandoverScreen() {
  const { t } = useTexts();
  const { query, print } = useSheet(input, true);
  const [error, setError] = useState<unknown>(null);
  return (
    <Page title={t("handover.sheetTitle")} actions={<SheetActions input={{ ...input, limit: null }} sheet={query.data} onWhole={print} onError={setError} />}>
      {error ? <ErrorNotice error={error} /> : null}
      <Loaded query={query}>{(sheet) => <Paper sheet={sheet} />}</Loaded>
    </Page>
  );
}
