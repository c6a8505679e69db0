import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useList, useOffice, useQuery, useRecords } from "../../api";
import type { HoursRow } from "../../api/generated/HoursRow";
import type { TrainingRow } from "../../api/generated/TrainingRow";
import type { TrainingTable } from "../../api/generated/TrainingTable";
import { Blank, DeleteButton, ErrorNotice, Loaded, Mark, Page, Paged, Pages, RecordMarks, TextField, useEver, useOffset, useSettled, useToast } from "../../components";
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
  const [name, setName] = useState("");
  const text = useSettled(name.trim());
  const [offset, turn] = useOffset(`${year} ${text}`);
  const table = useQuery("training.table", listInput({ year, offset, text: text || null }), { keep: true });
  const filtered = useEver(name !== "" || offset > 0 || (table.data !== undefined && table.data.rows.length < table.data.total));
  const entries = useList("training.list", listInput({ year }));
  const { id, draft } = useSearch({ strict: false });
  // A record of the list, or a new one.
  const [editing, setEditing] = useState<string | null>(id ?? (draft === "new" ? "new" : null));
  // One that is asked for from elsewhere may be further down than what is shown.
  const edited = (data: TrainingTable) => [...(entries.data?.rows ?? []), ...data.entries].find((one) => one.id === editing) ?? null;
  return (
    <Page title={t("hours.title")} writes actions={<Button type="primary" onClick={() => setEditing("new")}>{t("hours.add")}</Button>}>
      <MeetingTabs here="hours" />
      <p className="soft">{t("hours.intro")}</p>
      <Loaded query={table}>
        {(data) => (
          <>
            {filtered ? <TextField label={t("hours.filter")} value={name} onChange={setName} /> : null}
            {data.rows.length === 0 ? <Blank>{text === "" && !(filtered && table.isPlaceholderData) ? null : t("common.noSuchMember")}</Blank> : <Table table={data} />}
            <Pages total={data.total} offset={offset} shown={data.rows.length} onTurn={turn} />
            <Source rule={data.rule} />
            <Entries list={entries} onEdit={(row) => setEditing(row.id)} />
            {editing === "new" || edited(data) ? <TrainingDialog row={edited(data)} members={table.isPlaceholderData ? [] : data.rows} onClose={() => setEditing(null)} /> : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Table({ table }: { table: TrainingTable }) {
  const { t } = useTexts();
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

function Entries({ list, onEdit }: { list: Parameters<typeof Paged<TrainingRow>>[0]["list"]; onEdit: (row: TrainingRow) => void }) {
  const { t } = useTexts();
  return (
    <section className="stack" aria-labelledby="training-entries">
      <h2 id="training-entries">{t("hours.entries")}</h2>
      {list.data?.total === 0 ? <Blank>{t("hours.entriesNone")}</Blank> : (
        <Paged list={list}>{(row) => <Entry key={row.id} row={row} onEdit={() => onEdit(row)} />}</Paged>
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
