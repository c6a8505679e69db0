import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, useQuery, useRecords } from "../../api";
import type { SentRow } from "../../api/generated/SentRow";
import { Check, ErrorNotice, Loaded, Mark, type Tone, UrgeDialog, useMedia } from "../../components";
import { useTexts } from "../../locales";
import { ItemDecideDialog } from "./ItemDecideDialog";

/** One thing that was sent down: addressee by addressee, in tree order, as synchronising told. */
export function SentBatchPart({ id }: { id: string }) {
  const texts = useTexts();
  const { t, date } = texts;
  const query = useQuery("dispatch.batch", { id });
  const [only, setOnly] = useState(false);
  const [urging, setUrging] = useState<Partial<Input<"desk.urge">> | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const found = useQuery("checklist.get", { id: open ?? "" }, { enabled: open !== null });
  const narrow = useMedia("(max-width: 40rem)");
  return (
    <>
      <p><Link to="/dispatch" search={{ tab: "sent" }}>{t("sent.back")}</Link></p>
      <Loaded query={query}>
        {(data) => {
          const rows = only ? data.rows.filter((row) => !row.finished) : data.rows;
          return (
            <>
              <section className="card stack tight">
                <h2>{data.title}</h2>
                {data.measure ? <p className="prose">{texts.pair(t("dispatch.measure"), data.measure)}</p> : null}
                <p className="soft">{[t("sent.on", { date: date(data.on) }), data.deadline ? t("checklist.until", { date: date(data.deadline) }) : "", t("sent.addressees", { n: data.rows.length })].filter(Boolean).join(" · ")}</p>
              </section>
              <div className="row apart no-print">
                <Check label={t("sent.only")} checked={only} onChange={setOnly} />
                <Button onClick={() => setUrging({ batch: id })}>{t("urge.copy")}</Button>
              </div>
              {narrow ? (
                <ul className="card flush list" aria-label={t("sent.table")}>
                  {rows.map((row) => (
                    <li key={row.id} className="line">
                      <div className="what stack tight">
                        <strong>{row.officeName}</strong>
                        <span className="row"><Standing row={row} /></span>
                        <span className="soft">{[row.person, texts.pair(t("sent.asOf"), row.asOf ? date(row.asOf) : t("sent.never"))].filter(Boolean).join(" · ")}</span>
                      </div>
                      <span className="row no-print"><Deeds row={row} onOpen={() => setOpen(row.id)} onUrge={() => setUrging({ batch: id, office: row.office })} /></span>
                    </li>
                  ))}
                </ul>
              ) : <div className="card flush scroll">
                <table className="table" aria-label={t("sent.table")}>
                  <thead><tr><th scope="col">{t("sent.name")}</th><th scope="col">{t("sent.where")}</th><th scope="col">{t("sent.who")}</th><th scope="col">{t("sent.asOf")}</th><td className="no-print" /></tr></thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <th scope="row">{row.officeName}</th>
                        <td><span className="row"><Standing row={row} /></span></td>
                        <td>{row.person || "─"}</td>
                        <td className="nowrap">{row.asOf ? date(row.asOf) : t("sent.never")}</td>
                        <td className="no-print"><span className="row"><Deeds row={row} onOpen={() => setOpen(row.id)} onUrge={() => setUrging({ batch: id, office: row.office })} /></span></td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>}
            </>
          );
        }}
      </Loaded>
      {urging ? <UrgeDialog about={urging} onClose={() => setUrging(null)} /> : null}
      {open !== null && found.isError ? <ErrorNotice error={found.error} /> : null}
      {open !== null && found.data ? <ItemDecideDialog key={found.data.id} row={found.data} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

const decides = (row: SentRow) => row.disputed || row.state === "done";
const tones: Record<string, Tone> = { open: "grey", in_progress: "blue", done: "blue", accepted: "green", returned: "yellow" };

function Standing({ row }: { row: SentRow }) {
  const { t } = useTexts();
  return <><State row={row} />{row.overdue ? <Mark tone="yellow">{t("checklist.overdue")}</Mark> : null}{row.disputed ? <Mark tone="yellow">{t("month.crossed")}</Mark> : null}</>;
}

function Deeds({ row, onOpen, onUrge }: { row: SentRow; onOpen: () => void; onUrge: () => void }) {
  const { t } = useTexts();
  const deciding = useRecords() && decides(row);
  return (
    <>
      <Button onClick={onOpen} aria-label={t(deciding ? "sent.decide" : "sent.look", { name: row.officeName })}>{t(deciding ? "sent.decideShort" : "sent.lookShort")}</Button>
      {row.finished || row.state === "done" ? null : <Button onClick={onUrge} aria-label={t("urge.copyTo", { name: row.officeName })}>{t("ledger.urge")}</Button>}
    </>
  );
}

/** Not knowing is said before anything else: nobody is taken for idle. */
function State({ row }: { row: SentRow }) {
  const { t, code } = useTexts();
  if (row.unknown) return <Mark tone="grey" glyph="info">? {t("sent.unknown")}</Mark>;
  const words = row.state === "open" ? t(row.acknowledged ? "sent.acknowledged" : "sent.notAcknowledged") : code("checklist", `sent_${row.state}`);
  return <Mark tone={row.state === "open" && !row.acknowledged ? "yellow" : (tones[row.state] ?? "grey")} glyph={row.finished ? "check" : "info"}>{words}</Mark>;
}

