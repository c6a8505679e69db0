import { Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Mark } from "../../api/generated/Mark";
import type { RollRow } from "../../api/generated/RollRow";
import { Glyph, type GlyphName, usePartKeys } from "../../components";
import { type TextKey, useTexts } from "../../locales";
import { groupsOf, markOf, markOfKey } from "./roll-state";

const words: Record<Mark, { text: TextKey; glyph: GlyphName; tone: string }> = {
  present: { text: "roll.keyPresent", glyph: "check", tone: "tone-green" },
  excused: { text: "roll.keyExcused", glyph: "pen", tone: "tone-blue" },
  absent: { text: "roll.keyAbsent", glyph: "minus", tone: "tone-grey" },
  non_voting: { text: "roll.keyNonVoting", glyph: "eye", tone: "tone-grey" },
  unconfirmed: { text: "roll.keyUnconfirmed", glyph: "info", tone: "" },
};

/** Keys of the pass, for a field that it led to: until something is typed there they go on marking. */
export const passKeys = [...Object.keys(markOfKey).filter((key) => key !== " "), "4"];

/**
 * Names by group in three columns; one tab stop, arrows move, digits mark and go on. Where a digit leads into a field, for a
 * reason or for 列席, the digits that follow at once are marks of the names that follow: who types on loses none.
 */
export function RollGrid({ rows, onMark, onBeside }: {
  rows: RollRow[];
  onMark: (member: string, mark: Mark, reason?: string) => void;
  /** 列席 is no mark of those who are due: the key leads to the field beside the roll, and `goOn` back to where it was pressed. */
  onBeside: (goOn: (key: string) => void) => void;
}) {
  const { t } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const ordered = groupsOf(rows).flatMap((group) => group.rows);
  const firstOpen = ordered.findIndex((row) => row.mark === "unconfirmed");
  const [at, setAt] = useState(Math.max(0, firstOpen));
  const [reasonFor, setReasonFor] = useState<string | null>(null);

  const names = () => [...(box.current?.querySelectorAll<HTMLElement>("[data-member]") ?? [])];
  function focus(index: number) {
    const next = Math.max(0, Math.min(index, ordered.length - 1));
    setAt(next);
    names()[next]?.focus();
  }

  useEffect(() => {
    box.current?.querySelectorAll<HTMLElement>("[data-member]")[Math.max(0, firstOpen)]?.focus();
    // Once, when the screen opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  /** The nearest name in the line above or below. */
  function vertical(step: 1 | -1): number {
    const all = names().map((one) => one.getBoundingClientRect());
    const here = all[at];
    if (!here) return at;
    let best = at;
    let distance = Number.POSITIVE_INFINITY;
    all.forEach((one, index) => {
      const down = (one.top - here.top) * step;
      if (down < here.height / 2) return;
      const away = down * 10 + Math.abs(one.left - here.left);
      if (away < distance) [best, distance] = [index, away];
    });
    return best;
  }

  function mark(value: Mark, index = at) {
    const row = ordered[index];
    if (!row) return;
    onMark(row.member, value);
    if (value === "excused") setReasonFor(row.member);
    else focus(index + 1);
  }

  /** A key of the pass that was pressed in a field to which it led. */
  function goOn(key: string, index: number) {
    const value = markOfKey[key];
    if (value) mark(value, index);
    else beside(index);
  }
  const latest = useRef(goOn);
  useEffect(() => {
    latest.current = goOn;
  });
  function beside(index: number) {
    onBeside((key) => {
      focus(index);
      latest.current(key, index);
    });
  }

  const onKey = usePartKeys([
    ...Object.entries(markOfKey).map(([key, value]) => ({ keys: [key], label: words[value].text, act: () => mark(value) })),
    { keys: ["4"], label: "roll.keyBeside", act: () => beside(at) },
    { keys: ["ArrowRight"], label: "keys.next", act: () => focus(at + 1) },
    { keys: ["ArrowLeft"], label: "keys.previous", act: () => focus(at - 1) },
    { keys: ["ArrowDown", "ArrowUp"], label: "keys.vertical", act: (key) => focus(vertical(key === "ArrowDown" ? 1 : -1)) },
    { keys: ["Home", "End"], label: "keys.ends", act: (key) => focus(key === "Home" ? 0 : ordered.length - 1) },
  ]);

  return (
    <div className="stack" ref={box}>
      {groupsOf(rows).map((group) => (
        <section key={group.group} aria-label={group.group || t("roll.noGroup")}>
          <h2>{group.group || t("roll.noGroup")}</h2>
          <ul className="roll-grid">
            {group.rows.map((row) => {
              const index = ordered.indexOf(row);
              const word = words[markOf(row)];
              return (
                <li key={row.member} className={`roll-name ${word.tone}`}>
                  <button type="button" data-member={row.member} tabIndex={index === at ? 0 : -1} aria-describedby="roll-keys"
                    onFocus={() => setAt(index)} onKeyDown={onKey}
                    onClick={() => onMark(row.member, row.mark === "present" ? "unconfirmed" : "present")}>
                    <span>{row.name}{row.votes ? "" : <span className="soft"> {t("roll.noVote")}</span>}</span>
                    <span className="roll-mark"><Glyph name={word.glyph} />{t(word.text)}{row.reason ? `:${row.reason}` : ""}</span>
                  </button>
                  {reasonFor === row.member ? (
                    <Reason initial={row.reason} onGoOn={(key) => goOn(key, Math.min(index + 1, ordered.length - 1))} onDone={(reason) => {
                      setReasonFor(null);
                      if (reason) onMark(row.member, "excused", reason);
                      focus(index + 1);
                    }} />
                  ) : null}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** 请假事由: Enter goes on, also with nothing written; so do the keys of the pass while nothing is. */
function Reason({ initial, onDone, onGoOn }: { initial: string; onDone: (reason: string) => void; onGoOn: (key: string) => void }) {
  const { t } = useTexts();
  const [reason, setReason] = useState(initial);
  const [typed, setTyped] = useState(false);
  const field = useRef<InputRef>(null);
  const leave = { keys: ["Enter", "Escape"], label: "keys.reasonDone" as const, act: () => field.current?.blur() };
  const pass = { keys: passKeys, label: "roll.keyGoOn" as const, act: (key: string) => { field.current?.blur(); onGoOn(key); } };
  const onKey = usePartKeys(typed ? [leave] : [leave, pass]);
  return (
    <Input autoFocus ref={field} aria-label={t("roll.reason")} placeholder={t("roll.reasonHint")} value={reason}
      onChange={(event) => { setReason(event.target.value); setTyped(true); }} onBlur={() => onDone(reason.trim())} onKeyDown={onKey} />
  );
}
