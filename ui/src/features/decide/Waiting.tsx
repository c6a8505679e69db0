import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { DecideKind } from "../../api/generated/DecideKind";
import type { DecideList } from "../../api/generated/DecideList";
import { Blank, ErrorNotice, Loaded, Mark, SelectField, Turn, useRowKeys, useToast } from "../../components";
import { useTexts } from "../../locales";
import { factsOf, type Matter, matterOf, titleOf, unitOf, type Way } from "./deeds";
import { Detail } from "./Detail";

const size = 50;

/** Everything that waits, kind after kind, a page at a time. */
export function Waiting() {
  const [kind, setKind] = useState<DecideKind | null>(null);
  const [offset, setOffset] = useState(0);
  const list = useQuery("decide.list", { kind, offset, limit: size }, { keep: true });
  return (
    <Loaded query={list}>
      {(page) => <Shown page={page} kind={kind} offset={offset} onTurn={setOffset} onKind={(next) => { setKind(next); setOffset(0); }} />}
    </Loaded>
  );
}

function Shown({ page, kind, offset, onKind, onTurn }: {
  page: DecideList;
  kind: DecideKind | null;
  offset: number;
  onKind: (kind: DecideKind | null) => void;
  onTurn: (offset: number) => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const say = useToast();
  const { overview } = useOffice();
  const records = useRecords();
  const [open, setOpen] = useState<Matter | null>(null);
  const accept = useCommand("submission.decide");
  const acceptItem = useCommand("dispatch.decide");
  const tell = useCommand("transfer.told");
  const retry = useCommand("sync.retry_troubles");
  const commands = [accept, acceptItem, tell, retry];
  const busy = commands.some((one) => one.isPending);
  const failed = commands.find((one) => one.isError);
  const matters = page.rows.map((row) => matterOf(texts, row));

  function go(matter: Matter, way: Way) {
    if (way === "dialog") setOpen(matter);
    else void navigate({ to: way.to, search: way.search });
  }

  function act(matter: Matter | undefined) {
    if (!matter || busy) return;
    const { row, name, deed } = matter;
    for (const one of commands) one.reset();
    // A computer that only reads looks.
    if (deed === null || !records) return go(matter, records ? matter.act : matter.open);
    const did = (word: "accept" | "acceptItem" | "tell" | "retry") => ({ onSuccess: () => say(t(`decide.did_${word}`, { what: name })) });
    if (deed === "submission") accept.mutate({ id: row.target, accept: true, note: "", digest: row.digest, keepMatches: false }, did("accept"));
    else if (deed === "item") acceptItem.mutate({ id: row.target, accept: true, note: "", digest: "", keepMatches: false }, did("acceptItem"));
    else if (deed === "tell") tell.mutate({ id: row.target }, did("tell"));
    else retry.mutate({}, did("retry"));
  }

  const keys = useRowKeys({
    ids: page.rows.map((row) => row.id),
    open: "decide.keyOpen",
    acts: [{ key: "1", label: "decide.keyAct", act: (n) => act(matters[n]) }],
  });
  const groups = page.kinds.map((one) => ({ ...one, rows: matters.flatMap((matter, n) => (matter.row.kind === one.kind ? [{ matter, n }] : [])) })).filter((one) => one.rows.length > 0);
  // Proposals of what may be one are shown and not counted, as in 今日.
  const any = page.kinds.some((one) => one.count > 0);
  return (
    <>
      {!any ? <Blank>{t("month.noneWaiting")}</Blank> : (
        <div className="row at-foot">
          <div className="grow">
            <SelectField<DecideKind> label={t("decide.kind")} value={kind ?? ""} empty={t("decide.all", { n: page.waiting })} onChange={(value) => onKind(value || null)}
              options={page.kinds.map((one) => ({ value: one.kind, label: `${t(`decide.kind_${one.kind}`)} ${one.count}` }))} />
          </div>
          <span className="soft grow keys-hint">{t("decide.keys")}</span>
        </div>
      )}
      {failed ? <ErrorNotice error={failed.error} /> : null}
      <div {...keys.box} className="stack">
        {groups.map((group) => (
          <section key={group.kind} className="card flush" aria-label={t(`decide.kind_${group.kind}`)}>
            <h2 className="list-title">{t(`decide.kind_${group.kind}`)} <span className="soft">{group.count}</span></h2>
            <ul className="list">
              {group.rows.map(({ matter, n }) => (
                <li key={matter.row.id} className="line" {...keys.around(n)}>
                  <div className="what">
                    {unitOf(matter.row) ? <strong>{unitOf(matter.row)} </strong> : null}
                    <button type="button" className="plain-button" aria-label={`${t("month.look")} ${matter.name}`} onClick={() => go(matter, matter.open)} {...keys.row(n)}>{titleOf(texts, matter.row)}</button>
                    <div className="soft">{factsOf(texts, matter.row, overview?.today ?? "").join(" · ")}</div>
                    <div className="soft">{t(matter.otherwise)}</div>
                  </div>
                  <span className="row">
                    {matter.row.overdue ? <Mark tone="yellow">{t("decide.overdue")}</Mark> : null}
                    <Button type={matter.deed === null ? "default" : "primary"} disabled={busy} onClick={() => act(matter)} aria-label={`${t(matter.label)} ${matter.name}`} {...keys.inside(n)}>{t(matter.label)}</Button>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Turn offset={offset} size={size} total={page.total} onTurn={onTurn} />
      {open ? <Detail matter={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
