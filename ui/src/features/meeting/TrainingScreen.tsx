import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { HoursRow } from "../../api/generated/HoursRow";
import type { TrainingRow } from "../../api/generated/TrainingRow";
import type { TrainingTable } from "../../api/generated/TrainingTable";
import { Blank, DeleteButton, ErrorNotice, Loaded, LongList, Mark, Page, RecordMarks, useToast } from "../../components";
import { useTexts } from "../../locales";
import { hoursText } from "./kinds";
import { MeetingTabs } from "./MeetingTabs";
import { Source } from "./Source";
import { TrainingDialog } from "./TrainingDialog";
import "./plan.css";

/** 学时: the hours of each member beside what the rule asks, and training recorded apart. */
export function TrainingScreen() {
  const { t } = useTexts();
  const { year } = useOffice();
  const table = useQuery("training.table", listInput({ year }));
  const { id, draft } = useSearch({ strict: false });
  // A record of the list, or a new one.
  const [editing, setEditing] = useState<string | null>(id ?? (draft === "new" ? "new" : null));
  return (
    <Page title={t("hours.title")} writes actions={<Button type="primary" onClick={() => setEditing("new")}>{t("hours.add")}</Button>}>
      <MeetingTabs here="hours" />
      <p className="soft">{t("hours.intro")}</p>
      <Loaded query={table}>
        {(data) => (
          <>
            <Table table={data} />
            <Source rule={data.rule} />
            <Entries rows={data.entries} onEdit={(row) => setEditing(row.id)} />
            {editing === "new" || data.entries.some((one) => one.id === editing) ? <TrainingDialog row={data.entries.find((one) => one.id === editing) ?? null} members={data.rows} onClose={() => setEditing(null)} /> : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Table({ table }: { table: TrainingTable }) {
  const { t } = useTexts();
  if (table.rows.length === 0) return <Blank />;
  return (
    // A narrow window scrolls it by keyboard, too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="card flush scroll" role="group" aria-label={t("hours.title")} tabIndex={0}>
      <table className="table hours-table">
        <thead>
          <tr>
            <th scope="col" className="name">{t("hours.name")}</th>
            {(["sessions", "training", "total", "wanted", "concentrated"] as const).map((name) => <th key={name} scope="col" className="num">{t(`hours.${name}`)}</th>)}
            <th scope="col">{t("hours.state")}</th>
          </tr>
        </thead>
        <tbody>{table.rows.map((row) => <Line key={row.id} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function Line({ row }: { row: HoursRow }) {
  const { t } = useTexts();
  const total = row.sessions + row.training;
  const short = row.wanted - total;
  const words = short > 0 ? t("hours.short", { n: hoursText(short) }) : t("hours.shortConcentrated", { n: row.wantedConcentrated - row.concentrated });
  return (
    <tr>
      <th scope="row" className="name">{row.name}{row.leads ? <span className="soft block">{t("hours.leads")}</span> : null}</th>
      <td className="num">{hoursText(row.sessions)}</td>
      <td className="num">{hoursText(row.training)}</td>
      <td className="num"><strong>{hoursText(total)}</strong></td>
      <td className="num">{hoursText(row.wanted)}</td>
      <td className="num">{row.wantedConcentrated > 0 ? `${row.concentrated}/${row.wantedConcentrated}` : row.concentrated}</td>
      <td>{row.reached ? <Mark tone="green">{t("hours.reached")}</Mark> : <span className="soft">{words}</span>}</td>
    </tr>
  );
}

function Entries({ rows, onEdit }: { rows: readonly TrainingRow[]; onEdit: (row: TrainingRow) => void }) {
  const { t } = useTexts();
  return (
    <section className="stack" aria-labelledby="training-entries">
      <h2 id="training-entries">{t("hours.entries")}</h2>
      {rows.length === 0 ? <Blank>{t("hours.entriesNone")}</Blank> : (
        <LongList rows={rows}>{(row) => <Entry key={row.id} row={row} onEdit={() => onEdit(row)} />}</LongList>
      )}
    </section>
  );
}

function Entry({ row, onEdit }: { row: TrainingRow; onEdit: () => void }) {
  const { t, date, several } = useTexts();
  const say = useToast();
  const records = useRecords();
  const drop = useCommand("training.drop");
  const name = `${date(row.date)} ${row.topic}`;
  return (
    <li className="line">
      <span className="what">
        <strong>{name}</strong>
        <div className="soft">{t("hours.line", { n: hoursText(row.hours), people: row.members.length })} · {several(row.names.slice(0, 8))}{row.names.length > 8 ? "…" : ""}</div>
      </span>
      <span className="row">
        {row.concentrated ? <Mark tone="blue" glyph="check">{t("hours.isConcentrated")}</Mark> : null}
        {row.dropped ? <Mark tone="grey" glyph="minus">{t("hours.dropped")}</Mark> : null}
        <RecordMarks late={row.late} custodian={row.custodian} conflict={row.conflict} />
        {!records ? null : (
          <>
            {row.dropped ? null : <Button onClick={onEdit} aria-label={`${t("hours.edit")} ${name}`}>{t("hours.edit")}</Button>}
            <Button loading={drop.isPending} aria-label={`${t(row.dropped ? "hours.restore" : "hours.drop")} ${name}`}
              onClick={() => drop.mutate({ id: row.id, dropped: !row.dropped }, { onSuccess: () => say(t("common.saved")) })}>
              {t(row.dropped ? "hours.restore" : "hours.drop")}
            </Button>
            <DeleteButton id={row.id} name={name} />
          </>
        )}
      </span>
      {drop.isError ? <ErrorNotice error={drop.error} /> : null}
    </li>
  );
}
