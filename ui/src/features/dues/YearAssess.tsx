import { Button } from "antd";
import { type Input, useCommand, useQuery } from "../../api";
import type { DuesClass } from "../../api/generated/DuesClass";
import type { YearAssessment } from "../../api/generated/YearAssessment";
import type { YearAssessmentRow } from "../../api/generated/YearAssessmentRow";
import { ErrorNotice, Loaded, Lock, Mark, Notice, Pages, SelectField, TextField, TypedBefore, useOffset, useShortcuts, useToast } from "../../components";
import { formatYuan, readYuan, useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { byBase, classes } from "./AssessDialog";

type Row = Input<"dues.year_preview">["rows"][number];
/** What was typed, as typed; members that are not here keep what they had. */
interface Typed {
  class: DuesClass;
  base: string;
  quarter: string;
  fixed: string;
}

function read(member: string, typed: Typed): Row {
  return {
    member,
    class: typed.class,
    baseFen: byBase.has(typed.class) && !(typed.class === "self_employed" && typed.quarter.trim()) ? readYuan(typed.base) : null,
    quarterFen: typed.class === "self_employed" ? readYuan(typed.quarter) : null,
    fixedFen: typed.class === "farmer" ? readYuan(typed.fixed) : null,
  };
}

/** 全员核定: classes and bases of before stand there to be checked; all are recorded in one action. */
export function YearAssess({ year, onDone }: { year: number; onDone: () => void }) {
  const { t, yuan } = useTexts();
  const say = useToast();
  const save = useCommand("dues.assess_year");
  const { typed: { rows: typed }, set, draft, done } = useTyped<{ rows: Record<string, Typed> }>("assess_year", String(year), { rows: {} });
  const [offset, turn] = useOffset(String(year));
  // All are assessed at once, whatever page of them is looked at.
  const input = { year, rows: Object.entries(typed).map(([member, one]) => read(member, one)), offset: 0, limit: 0 };
  const plan = useQuery("dues.year_preview", { ...input, offset }, { keep: true });
  const ready = plan.data?.ready ?? 0;
  // Number and sum on the button are of what was typed before, until they are here: nothing else is recorded than what it says.
  const waits = plan.isPlaceholderData;

  function submit() {
    if (ready === 0 || waits || save.isPending) return;
    save.mutate(input, { onSuccess: (out) => { done(); say(t("dues.yearDone", { n: out.assessed })); onDone(); } });
  }
  useShortcuts({ "Ctrl+Enter": { label: "common.save", act: submit } });

  return (
    <section className="stack">
      <h2>{t("dues.yearTitle", { year })}</h2>
      <Notice tone="blue">{t("dues.yearHint")} <Lock /></Notice>
      <TypedBefore draft={draft} />
      <Loaded query={plan}>
        {(data) => (
          <>
            <p>{data.rule.text} <span className="soft">{t("dues.rule", { citation: data.rule.citation, version: data.rule.version })}</span></p>
            <Table plan={data} typed={typed} onTyped={(member, one) => set({ rows: { ...typed, [member]: one } })} />
            <Pages total={data.total} offset={offset} shown={data.rows.length} onTurn={turn} />
            {ready === 0 ? <p className="soft">{data.done ? t("dues.yearNone") : t("errors.nobody_to_assess")}</p> : null}
          </>
        )}
      </Loaded>
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      <div className="row end">
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} disabled={ready === 0 || waits} loading={save.isPending}>
          {t("dues.yearSave", { n: ready, sum: yuan(plan.data?.monthlyFen ?? 0) })}
        </Button>
      </div>
    </section>
  );
}

function Table({ plan, typed, onTyped }: { plan: YearAssessment; typed: Record<string, Typed>; onTyped: (member: string, typed: Typed) => void }) {
  return (
    <ul className="card flush list">
      {plan.rows.map((row) => <Member key={row.member} row={row} typed={typed[row.member]} onTyped={(one) => onTyped(row.member, one)} />)}
    </ul>
  );
}

function Member({ row, typed, onTyped }: { row: YearAssessmentRow; typed: Typed | undefined; onTyped: (typed: Typed) => void }) {
  const { t, has, code, date, yuan } = useTexts();
  const now: Typed = typed ?? {
    class: row.class ?? "farmer", quarter: "",
    base: row.baseFen === null ? "" : formatYuan(row.baseFen), fixed: row.fixedFen === null ? "" : formatYuan(row.fixedFen),
  };
  const chosen = typed !== undefined || row.class !== null;
  const fault = (field: string) => (row.fault !== "" && row.faultField === field && chosen
    ? (has(`errors.${row.fault}`) ? code("errors", row.fault) : row.fault) : undefined);
  return (
    <li className="year-row">
      <div className="year-name">
        <strong>{row.name}</strong>
        <span className="soft">{[row.beforeFen === null ? "" : `${t("dues.before")} ${yuan(row.beforeFen)}`, row.fromMonth.endsWith("-01") ? "" : t("dues.from", { month: date(row.fromMonth) })].filter(Boolean).join(" · ")}</span>
      </div>
      <SelectField<DuesClass> label={`${t("dues.class")} · ${row.name}`} value={chosen ? now.class : ""} {...(chosen ? {} : { empty: t("dues.chooseClass") })}
        onChange={(value) => onTyped({ ...now, class: value })} options={classes.map((value) => ({ value, label: code("dues", value) }))} />
      {chosen && byBase.has(now.class) ? (
        <TextField label={`${t("dues.base")} · ${row.name}`} value={now.base} onChange={(base) => onTyped({ ...now, base, quarter: "" })} inputMode="decimal" error={fault("baseFen")} />
      ) : null}
      {chosen && now.class === "self_employed" ? (
        <TextField label={`${t("dues.quarter")} · ${row.name}`} value={now.quarter} onChange={(quarter) => onTyped({ ...now, quarter })} inputMode="decimal" hint={t("dues.quarterHint")} error={fault("quarterFen")} />
      ) : null}
      {chosen && now.class === "farmer" ? (
        <TextField label={`${t("dues.fixed")} · ${row.name}`} value={now.fixed} onChange={(fixed) => onTyped({ ...now, fixed })} inputMode="decimal" error={fault("fixedFen")} />
      ) : null}
      <div className="year-result" aria-live="polite">
        {row.monthlyFen === null ? <span className="soft">{t("dues.previewWait")}</span> : <strong className="num">{row.arithmetic}</strong>}
        {row.rule ? <span className="soft">{row.rule.citation}</span> : null}
        {row.capped ? <Mark tone="yellow">{t("dues.capped")}</Mark> : null}
        {row.done ? <Mark tone="green">{t("dues.doneAlready")}</Mark> : null}
      </div>
    </li>
  );
}
