import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useCommand, useQuery } from "../../api";
import type { Expanded } from "../../api/generated/Expanded";
import { Check, fieldErrors, type FieldErrors, keptAt, KeepButton, Loaded, Notice, TextField, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import "./template.css";

/** The items that a template makes for a period: dates and people are filled in, lines are left out, then all are made at once. */
export function MakeItems({ id, period, onMade }: { id: string; period: string; onMade: () => void }) {
  const expanded = useQuery("template.expand", { id, period });
  return <Loaded query={expanded}>{(data) => <Lines id={id} period={period} expanded={data} onMade={onMade} />}</Loaded>;
}

function Lines({ id, period, expanded, onMade }: { id: string; period: string; expanded: Expanded; onMade: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const make = useCommand("template.make");
  const [lines, setLines] = useState(() => expanded.entries.map((entry) => ({ ...entry, on: true })));
  const [leader, setLeader] = useState("");
  const [person, setPerson] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const chosen = lines.filter((line) => line.on);

  function set(index: number, part: Partial<(typeof lines)[number]>) {
    setLines(lines.map((line, n) => (n === index ? { ...line, ...part } : line)));
  }

  function send(keepMatches = false) {
    const entries = chosen.map(({ on: _, ...line }) => ({ ...line, leader: line.leader || leader.trim(), person: line.person.trim() || person.trim() }));
    if (entries.some((entry) => entry.person === "")) return setErrors({ person: t("errors.required") });
    if (entries.length === 0 || make.isPending) return;
    setStopped(false);
    make.mutate({ id, period, entries, keepMatches }, {
      onSuccess: ({ count }) => { say(t("template.made", { n: count })); onMade(); },
      onError: (error) => { setErrors(fieldErrors(texts, error, ["person"])); setStopped(keptAt(error, []) !== null); },
    });
  }
  useShortcuts({ "Ctrl+Enter": { label: "common.save", act: () => send() } });

  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <h2 tabIndex={-1} ref={head}>{t("template.look", { period })}</h2>
      {expanded.madeBefore > 0 ? <Notice tone="yellow">{t("template.madeBefore", { n: expanded.madeBefore })}</Notice> : null}
      <div className="fields">
        <TextField label={t("template.leaderAll")} value={leader} onChange={setLeader} />
        <TextField label={t("template.personAll")} required value={person} onChange={setPerson} error={errors["person"]} />
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
      {errors[""] ? <Notice tone="red" alert action={stopped ? <KeepButton typed={lines} onKeep={() => send(true)} onClean={(clean) => { setLines(clean); setErrors({}); setStopped(false); }} /> : null}>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button type="primary" htmlType="submit" loading={make.isPending} disabled={chosen.length === 0}>{t("template.make", { n: chosen.length })} Ctrl+Enter</Button>
      </div>
    </form>
  );
}
