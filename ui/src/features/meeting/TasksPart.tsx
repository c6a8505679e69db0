import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useQuery, useRecords } from "../../api";
import { errorText, KeepButton, keptAt, Loaded, Mark, Notice, TextField, toDto, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";

interface Line {
  title: string;
  person: string;
  deadline: string;
}

const empty: Line = { title: "", person: "", deadline: "" };

/** One line for each sentence of the resolution. */
export function linesOf(resolution: string): Line[] {
  const parts = resolution.split(/[\n。;;]/).map((part) => part.replace(/^\s*(?:[一二三四五六七八九十]+|\d+)[、.)]\s*/, "").trim()).filter(Boolean);
  return parts.length === 0 ? [empty] : parts.slice(0, 20).map((title) => ({ ...empty, title: title.slice(0, 200) }));
}

/** 决议转清单: items out of the resolution, and how they stand. */
export function TasksPart({ session, resolution }: { session: string; resolution: string }) {
  const { t, date } = useTexts();
  const records = useRecords();
  const list = useQuery("meeting.tasks", { id: session });
  const goesOn = useSearch({ strict: false }).draft === "tasks";
  const [making, setMaking] = useState(records && goesOn);
  return (
    <section className="stack" aria-labelledby="tasks">
      <div className="row apart">
        <h2 id="tasks">{t("tasks.title")}</h2>
        {!records || making ? null : <Button onClick={() => setMaking(true)}>{t("tasks.make")}</Button>}
      </div>
      {making ? <Make session={session} initial={linesOf(resolution)} onDone={() => setMaking(false)} /> : null}
      <Loaded query={list}>
        {(rows) => rows.length === 0 ? <p className="soft">{t("tasks.none")}</p> : (
          <ul className="card flush list">
            {rows.map((row) => (
              <li key={row.id} className="line">
                <span className="what"><Link to="/item" search={{ id: row.id }}>{row.title}</Link> <span className="soft">{row.person} · {date(row.deadline)}</span></span>
                <Mark tone={row.state === "done" ? "green" : "grey"} glyph={row.state === "done" ? "check" : "info"}>{t(`tasks.${row.state}`)}</Mark>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function Make({ session, initial, onDone }: { session: string; initial: Line[]; onDone: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const make = useCommand("meeting.resolve");
  const members = useQuery("member.list", listInput({ limit: 200 }));
  const { typed: { lines }, set: type, draft, done } = useTyped("tasks", session, { lines: initial });
  const setLines = (next: Line[]) => type({ lines: next });
  const [error, setError] = useState<{ at: string; text: string; keep: boolean; far: boolean } | null>(null);
  const names = members.data?.rows.map((row) => row.name) ?? [];
  const set = (at: number, part: Partial<Line>) => {
    setLines(lines.map((line, other) => (other === at ? { ...line, ...part } : line)));
    setError(null);
  };
  function submit(confirmDate = false, keepMatches = false) {
    if (make.isPending) return;
    make.mutate({ session, items: lines, confirmDate, keepMatches }, {
      onSuccess: (saved) => { done(); say(t("tasks.saved", { n: saved.length })); onDone(); },
      onError: (failed) => {
        const dto = toDto(failed);
        setError({ at: dto.field ?? "", text: errorText(texts, dto), keep: keptAt(failed, []) !== null, far: dto.code === "date_far" });
      },
    });
  }
  const wrong = (at: number, field: keyof Line) => (error?.at === `items.${at}.${field}` ? error.text : undefined);
  return (
    <form className="card stack" aria-label={t("tasks.make")} onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <TypedBefore draft={draft} />
      <p className="soft">{t("tasks.intro")}</p>
      {lines.map((line, at) => (
        <div key={at} className="stack tight">
          <TextField label={t("tasks.item", { n: at + 1 })} required value={line.title} error={wrong(at, "title")} autoFocus={at === 0} onChange={(title) => set(at, { title })} />
          <div className="fields">
            <TextField label={t("tasks.person")} required value={line.person} list={names} error={wrong(at, "person")} onChange={(person) => set(at, { person })} />
            <TextField label={t("tasks.deadline")} required value={line.deadline} error={wrong(at, "deadline")} hint={t("visit.dateHint")} onChange={(deadline) => set(at, { deadline })} />
          </div>
          {lines.length > 1 ? <div className="row"><Button onClick={() => setLines(lines.filter((_, other) => other !== at))}>{t("tasks.remove", { n: at + 1 })}</Button></div> : null}
        </div>
      ))}
      {error ? (
        <Notice tone="red" alert action={error.keep ? <KeepButton typed={lines} onKeep={() => submit(false, true)} onClean={(clean) => { setLines(clean); setError(null); }} /> : error.far ? <Button onClick={() => submit(true)}>{t("errors.dateConfirm")}</Button> : null}>{error.text}</Notice>
      ) : null}
      <div className="row end">
        <Button onClick={() => setLines([...lines, empty])}>{t("tasks.add")}</Button>
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={make.isPending}>{t("tasks.save", { n: lines.length })}</Button>
      </div>
    </form>
  );
}
