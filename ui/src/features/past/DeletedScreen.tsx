import { Button } from "antd";
import { useState } from "react";
import { useCommand, useOffice, useQuery, useRecords } from "../../api";
import { Blank, ErrorNotice, HistoryButton, Loaded, Mark, More, Page, recordTitle, SelectField, TextField, useSettled, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 已删除: what was marked as deleted, and who did it on which day; 恢复 takes the mark away. */
export function DeletedScreen() {
  const texts = useTexts();
  const { t, code, date } = texts;
  const say = useToast();
  const { overview } = useOffice();
  const records = useRecords();
  const [year, setYear] = useState("");
  const [text, setText] = useState("");
  const sought = useSettled(text.trim());
  const [limit, setLimit] = useState(50);
  const list = useQuery("deleted.list", { year: year ? Number(year) : null, text: sought || null, offset: 0, limit }, { keep: true });
  const restore = useCommand("deleted.restore");
  const years = (overview?.years ?? []).toReversed().map(String);
  return (
    <Page title={t("deleted.list")} narrow>
      <p>{t("deleted.intro")}</p>
      <div className="row at-foot">
        <div className="grow"><TextField label={t("common.search")} value={text} onChange={setText} /></div>
        <SelectField label={t("common.year")} value={year} onChange={setYear} empty={t("common.all")} options={years.map((one) => ({ value: one, label: t("frame.yearOf", { year: one }) }))} />
      </div>
      {restore.isError ? <ErrorNotice error={restore.error} /> : null}
      <Loaded query={list}>
        {(page) => page.rows.length === 0 ? <Blank>{t(sought || year ? "deleted.noneFound" : "deleted.none")}</Blank> : (
          <>
            <ul className="card flush list">{page.rows.map((row) => (
              <li key={row.id} className="line">
                <span className="what">
                  <span>{recordTitle(texts, row)} {row.how === "dropped" ? <Mark tone="grey" glyph="info">{t("deleted.dropped")}</Mark> : null}</span>
                  <span className="block soft">
                    {t("deleted.byOn", { by: /^[0-9a-f]{8}$/.test(row.by) ? (overview?.device.startsWith(row.by) ? t("history.thisComputer") : t("history.computer", { id: row.by })) : row.by || t("history.nobody"), date: date(row.on), book: code("book", row.kind) })}
                    {row.along > 0 ? ` · ${t("deleted.alongCount", { n: row.along })}` : ""}
                  </span>
                </span>
                <span className="row">
                  <HistoryButton id={row.id} name={recordTitle(texts, row)} />
                  {records ? (
                    <Button loading={restore.isPending && restore.variables?.id === row.id} aria-label={t("deleted.restoreOf", { name: recordTitle(texts, row) })}
                      onClick={() => restore.mutate({ id: row.id }, { onSuccess: () => say(t("deleted.restored")) })}>{t("deleted.restore")}</Button>
                  ) : null}
                </span>
              </li>
            ))}</ul>
            <More total={page.total} shown={page.rows.length} onMore={() => setLimit(limit + 50)} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
