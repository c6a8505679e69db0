import { Button } from "antd";
import { useState } from "react";
import { type Input, listInput, useCommand, useQuery } from "../../api";
import type { SessionKind } from "../../api/generated/SessionKind";
import type { YearPlan } from "../../api/generated/YearPlan";
import { Check, Chips, errorText, KeepButton, keptAt, Notice, TextField, toDto, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { sessionKinds } from "./kinds";
import { periodName } from "./PlanScreen";

/** A line that may be arranged. */
interface Line {
  key: string;
  kinds: SessionKind[];
  group: string;
  period: string;
  on: boolean;
  date: string;
  topic: string;
  lead: string;
}

const linesOf = (plan: YearPlan): Line[] =>
  plan.slots.filter((slot) => slot.state === "open" && slot.suggested !== null).map((slot) => ({
    key: `${slot.kind} ${slot.group} ${slot.period}`, kinds: [slot.kind], group: slot.group, period: slot.period,
    on: false, date: slot.suggested ?? "", topic: "", lead: "",
  }));

/** 排一排: everything that is left of the year, with suggested dates, saved at once. */
export function Arrange({ plan }: { plan: YearPlan }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const save = useCommand("meeting.plan_save");
  const members = useQuery("member.list", listInput({ limit: 200 }));
  const [open, setOpen] = useState(false);
  const { typed: { typed, extra }, set: type, draft } = useTyped<{ typed: Record<string, Partial<Line>>; extra: Line[] }>("plan", String(plan.year), { typed: {}, extra: [] });
  const [error, setError] = useState<{ at: number | null; field: string; text: string; keep: boolean; far: boolean } | null>(null);
  const lines = [...linesOf(plan), ...extra].map((line) => ({ ...line, ...typed[line.key] }));
  const chosen = lines.filter((line) => line.on);
  const names = members.data?.rows.map((row) => row.name) ?? [];
  const groups = [...new Set(members.data?.rows.map((row) => row.group).filter((group) => group !== null) ?? [])];

  const set = (key: string, part: Partial<Line>) => {
    type({ typed: { ...typed, [key]: { ...typed[key], ...part } } });
    setError(null);
  };
  const all = (on: boolean) => type({ typed: Object.fromEntries(lines.map((line) => [line.key, { ...typed[line.key], on }])) });
  const more = () => type({ extra: [...extra, blank(extra.length)] });
  const nameOf = (line: Line) =>
    [line.kinds.map((kind) => t(`meeting.${kind}`)).join(" "), line.group, line.period ? periodName(texts, line.period) : ""].filter(Boolean).join(" · ");

  function submit(confirmDate = false, keepMatches = false) {
    if (chosen.length === 0 || save.isPending) return;
    const entries: Input<"meeting.plan_save">["entries"] = chosen.map(({ kinds, date, topic, lead, group }) => ({ id: null, kinds, date, topic, lead, group }));
    save.mutate({ entries, confirmDate, keepMatches }, {
      onSuccess: (saved) => {
        say(t("plan.saved", { n: saved.length }));
        draft.startOver();
        setOpen(false);
      },
      onError: (failed) => {
        const dto = toDto(failed);
        const [, at, field] = /^entries\.(\d+)\.(\w+)$/.exec(dto.field ?? "") ?? [];
        setError({
          at: at === undefined ? null : Number(at), field: field ?? "", text: errorText(texts, dto),
          keep: keptAt(failed, []) !== null, far: dto.code === "date_far",
        });
      },
    });
  }

  if (!open) {
    return (
      <section className="row">
        <Button type="primary" onClick={() => setOpen(true)} disabled={lines.length === 0}>{t("plan.arrange")}</Button>
        <Button onClick={() => { setOpen(true); more(); }}>{t("plan.other")}</Button>
        {lines.length === 0 ? <span className="soft">{t("plan.arrangeNone")}</span> : null}
      </section>
    );
  }
  return (
    <form className="card stack" aria-label={t("plan.arrange")} onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <p>{t("plan.arrangeIntro")}</p>
      <TypedBefore draft={draft} />
      <div className="row">
        <Button onClick={() => all(true)}>{t("plan.chooseAll")}</Button>
        <Button onClick={() => all(false)}>{t("plan.chooseNone")}</Button>
        <Button onClick={more}>{t("plan.other")}</Button>
      </div>
      <ul className="stack">
        {lines.map((line) => {
          const at = chosen.indexOf(line);
          const wrong = (field: string) => (error?.at === at && at >= 0 && error.field === field ? error.text : undefined);
          return (
            <li key={line.key} className="plan-line">
              {line.period ? (
                <Check label={nameOf(line)} checked={line.on} onChange={(on) => set(line.key, { on })} />
              ) : (
                <Chips label={t("plan.kinds")} required values={line.kinds} error={wrong("kinds")}
                  onToggle={(value) => set(line.key, { kinds: toggled(line.kinds, value as SessionKind), on: true })}
                  options={sessionKinds.map((value) => ({ value, label: t(`meeting.${value}`) }))} />
              )}
              {line.on ? (
                <div className="fields">
                  <TextField label={t("plan.date")} required value={line.date} error={wrong("date")} onChange={(date) => set(line.key, { date })} />
                  <TextField label={t("plan.topic")} value={line.topic} error={wrong("topic")} onChange={(topic) => set(line.key, { topic })} />
                  <TextField label={t("plan.lead")} value={line.lead} list={names} error={wrong("lead")} onChange={(lead) => set(line.key, { lead })} />
                  {line.kinds.includes("group_meeting") ? (
                    <TextField label={t("plan.group")} required value={line.group} list={groups} error={wrong("group")} onChange={(group) => set(line.key, { group })} />
                  ) : null}
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      {error ? (
        <Notice tone="red" alert action={error.keep ? <KeepButton typed={{ typed, extra }} onKeep={() => submit(false, true)} onClean={(clean) => { type(clean); setError(null); }} /> : error.far ? <Button onClick={() => submit(true)}>{t("errors.dateConfirm")}</Button> : null}>
          {error.text}
        </Notice>
      ) : null}
      <div className="row end">
        <Button onClick={() => setOpen(false)}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={chosen.length === 0}>{t("plan.save", { n: chosen.length })}</Button>
      </div>
    </form>
  );
}

const blank = (n: number): Line => ({ key: `extra ${n}`, kinds: [], group: "", period: "", on: true, date: "", topic: "", lead: "" });

const toggled = (kinds: readonly SessionKind[], kind: SessionKind) => (kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]);
