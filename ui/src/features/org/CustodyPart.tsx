import { Button } from "antd";
import { useState } from "react";
import { nothing, saveFile, useCommand, useQuery } from "../../api";
import type { CustodyRow } from "../../api/generated/CustodyRow";
import { Dialog, ErrorNotice, Mark, Notice, type Tone, useCopy } from "../../components";
import { useTexts } from "../../locales";

const looks: Record<string, Tone> = { kept: "blue", handed: "yellow", taken: "green" };

/** 代管的村: which there are, how to hand one back, and what became of those that were. */
export function CustodyPart({ keeper }: { keeper: boolean }) {
  const { t, code, date } = useTexts();
  const rows = useQuery("custody.list", nothing);
  const [chosen, setChosen] = useState<CustodyRow | null>(null);
  if (!rows.data || rows.data.length === 0) return null;
  return (
    <section className="card flush" aria-label={t("custody.title")}>
      <h2 className="list-title">{t("custody.title")}</h2>
      <ul className="list">
        {rows.data.map((row) => (
          <li key={row.office} className="line">
            <span className="what">{row.name}{row.on ? <span className="soft"> · {date(row.on)}</span> : null}</span>
            <span className="row">
              <Mark tone={looks[row.state] ?? "grey"} glyph={row.state === "taken" ? "check" : "info"}>{code("custody", row.state)}</Mark>
              {keeper && row.state !== "taken" ? (
                <Button onClick={() => setChosen(row)} aria-label={`${t(row.state === "kept" ? "custody.handBack" : "custody.again")} ${row.name}`}>
                  {t(row.state === "kept" ? "custody.handBack" : "custody.again")}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {chosen ? <HandBackDialog row={chosen} onClose={() => setChosen(null)} /> : null}
    </section>
  );
}

/** What handing back means, then the file and the code that is shown once. */
function HandBackDialog({ row, onClose }: { row: CustodyRow; onClose: () => void }) {
  const { t, date } = useTexts();
  const copy = useCopy();
  const make = useCommand("custody.hand_back");
  const made = make.data;
  return (
    <Dialog title={t("custody.handTitle", { name: row.name })} open onClose={() => { if (!make.isPending) onClose(); }}
      footer={made ? <Button type="primary" onClick={onClose}>{t("custody.written")}</Button> : <>
        <Button data-first disabled={make.isPending} onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={make.isPending} onClick={() => make.mutate({ office: row.office }, { onSuccess: ({ file }) => void saveFile(file) })}>{t("custody.make")}</Button>
      </>}>
      {made ? (
        <>
          <Notice tone="green">{t("custody.made")}</Notice>
          <p className="hand-code mono">{made.code}</p>
          <div className="row"><Button onClick={() => copy(made.code)}>{t("custody.copy")}</Button><span className="soft">{t("custody.size", { books: made.books, changes: made.changes })}</span></div>
          <p>{t("custody.codeHint")}</p>
        </>
      ) : (
        <>
          <p>{t("custody.handWhat", { name: row.name })}</p>
          <Notice tone="yellow">{t("custody.handEnds", { name: row.name })}</Notice>
          <p>{t("custody.handBytes")}{row.backupOn ? ` ${t("custody.lastBackup", { date: date(row.backupOn) })}` : ""}</p>
        </>
      )}
      {make.isError ? <ErrorNotice error={make.error} /> : null}
    </Dialog>
  );
}
