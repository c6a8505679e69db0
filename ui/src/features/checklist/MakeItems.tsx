import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useCommand, useQuery } from "../../api";
import type { Expanded } from "../../api/generated/Expanded";
import { Check, fieldErrors, type FieldErrors, keptAt, KeepButton, Loaded, Notice, TextField, toDto, TypedBefore, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import "./template.css";

/** The items that a template makes for a period: dates and people are filled in, lines are left out, then all are made at once. */
export function MakeItems({ id, period, onMade }: { id: string; period: string; onMade: () => void }) {
  const expanded = useQuery("template.expand", { id, period });
  return <Loaded query={expanded}>{(data) => <Lines id={id} period={period} expanded={data} onMade={onMade} />}</Loaded>;
}

type Line = Expanded["entries"][number] & { on: boolean };

function Lines({ id, period, expanded, onMade }: { id: string; period: string; expanded: Expanded; onMade: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const make = useCommand("template.make");
  // What was typed into each line, by its place: the lines themselves follow the template.
  const { typed: { typed, leader, person }, set: type, draft, done } = useTyped<{ typed: Record<number, Partial<Line>>; leader: string; person: string }>(
    "make_items", `${id} ${period}`, { typed: {}, leader: "", person: "" },
  );
  const lines: Line[] = expanded.entries.map((entry, at) => ({ ...entry, on: true, ...typed[at] }));
  const [far, setFar] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const chosen = lines.filter((line) => line.on);

  const set = (index: number, part: Partial<Line>) => type({ typed: { ...typed, [index]: { ...typed[index], ...part } } });

  function send(keepMatches = false, confirmDate = false) {
    const entries = chosen.map(({ on: _, ...line }) => ({ ...line, leader: line.leader || leader.trim(), person: line.person.trim() || person.trim() }));
    if (entries.some((entry) => entry.person === "")) return setErrors({ person: t("errors.required") });
    if (entries.length === 0 || make.isPending) return;
    setStopped(false);
    setFar(false);
    make.mutate({ id, period, entries, keepMatches, confirmDate }, {
      onSuccess: ({ count }) => { done(); say(t("template.made", { n: count })); onMade(); },
      onError: (error) => { setErrors(fieldErrors(texts, error, ["person"])); setStopped(keptAt(error, []) !== null); setFar(toDto(error).code === "date_far"); },
    });
  }
  useShortcuts({ "Ctrl+Enter": { label: "common.save", act: () => send() } });

  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <h2 tabIndex={-1} ref={head}>{t("template.look", { period })}</h2>
      {expanded.madeBefore > 0 ? <Notice tone="yellow">{t("template.madeBefore", { n: expanded.madeBefore })}</Notice> : null}
      <TypedBefore draft={draft} />
      <div className="fields">
        <TextField label={t("template.leaderAll")} value={leader} onChange={(next) => type({ leader: next })} />
        <TextField label={t("template.personAll")} required value={person} onChange={(next) => type({ person: next })} error={errors["person"]} />
      </div>
      <ul className="template-lines">
        {lines.map((line, index) => (
          <li key={index}>
            <Check label={line.title} checked={line.on} onChange={(on) => set(index, { on })} />
            <TextField label={`${t("checklist.deadline")}:${line.title}`} value={line.deadline} disabled={!line.on} onChange={(deadline) => set(index, { deadline })} />
            <TextField label={`${t("checklist.person")}:${line.title}`} value={line.person} disabled={!line.on} placeholder={person} onChange={(name) => set(index, { person: name })} />
          </li>
        ))}
      </ul>
      {errors[""] ? <Notice tone="red" alert action={stopped ? <KeepButton typed={lines} onKeep={() => send(true)} onClean={(clean) => { type({ typed: { ...clean } }); setErrors({}); setStopped(false); }} /> : far ? <Button onClick={() => send(false, true)}>{t("errors.dateConfirm")}</Button> : null}>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button type="primary" htmlType="submit" loading={make.isPending} disabled={chosen.length === 0}>{t("template.make", { n: chosen.length })} Ctrl+Enter</Button>
      </div>
    </form>
  );
}
