import { Link } from "@tanstack/react-router";
import { nothing, roleOf, useOffice, useQuery } from "../../api";
import type { FlowPart } from "../../api/generated/FlowPart";
import type { FlowRow } from "../../api/generated/FlowRow";
import type { OffRow } from "../../api/generated/OffRow";
import { Glyph, Mark, SelectField } from "../../components";
import { useTexts } from "../../locales";
import { UnitPicker } from "../checklist/UnitPicker";
import { type Unit, unitsOf } from "../checklist/units";
import { nameOf, toneOf } from "../flow/names";
import "./rounds.css";

/** Offices right below, joined, in the order of the tree. */
export function useUnits(): readonly Unit[] | undefined {
  const tree = useQuery("org.tree", nothing);
  return tree.data ? unitsOf(tree.data) : undefined;
}

/** Whether this office looks at those below it, or at what its superior sent. */
/** Every unit's row of a list that has one for each of them, as far as one page goes. */
export const everyUnit: FlowPart = { office: null, state: null, text: null, sort: null, offset: 0, limit: 500 };

export function useAbove(): boolean {
  const { office } = useOffice();
  return roleOf(office) !== "branch";
}

/** Which units: one by one, all, or those of a saved group. */
export function UnitsField({ units, chosen, error, onChange }: {
  units: readonly Unit[];
  chosen: readonly string[];
  error?: string | undefined;
  onChange: (chosen: string[]) => void;
}) {
  const { t } = useTexts();
  const groups = useQuery("dispatch.groups", nothing).data ?? [];
  const known = new Set(units.map((unit) => unit.id));
  function add(id: string) {
    const more = groups.find((one) => one.id === id)?.units.map((unit) => unit.id) ?? [];
    onChange([...new Set([...chosen, ...more.filter((unit) => known.has(unit))])]);
  }
  return (
    <>
      {groups.length > 0 ? (
        <SelectField label={t("sent.useGroup")} value="" empty={t("sent.noGroup")} options={groups.map((group) => ({ value: group.id, label: `${group.name} (${group.units.length})` }))} onChange={add} />
      ) : null}
      <UnitPicker units={units} to={chosen} error={error} onChange={(to) => onChange([...to])} />
    </>
  );
}

/** What is not as the template says, each with its source: told, never enforced. */
export function Offs({ offs }: { offs: readonly OffRow[] }) {
  const { t, code } = useTexts();
  if (offs.length === 0) return null;
  return (
    <ul className="plain stack tight" aria-label={t("rounds.offs")}>
      {offs.map((off) => (
        <li key={off.figure} className="off">
          <Glyph name="warn" />
          <span>{code("offs", off.figure, { has: off.has, says: off.says })} <span className="soft">{t("rounds.source", { source: off.citation })}</span></span>
        </li>
      ))}
    </ul>
  );
}

/** Where a matter stands, by the word of its template. */
export function StateMark({ row }: { row: FlowRow }) {
  const texts = useTexts();
  return <Mark tone={toneOf(row)} glyph={row.ended ? "check" : "info"}>{row.known ? nameOf(texts, row.stateName) : texts.t("flow.unknown")}</Mark>;
}

/** To one matter, or straight to what is to be done with it. */
export function FlowLink({ id, event, label, name }: { id: string; event?: string; label: string; name: string }) {
  return <Link to="/flow" search={{ id, ...(event ? { draft: event } : {}) }} className="ant-btn" aria-label={`${label} ${name}`}>{label}</Link>;
}

/** Years to choose from. */
export function years(today: string): { value: string; label: string }[] {
  const year = Number(today.slice(0, 4));
  return [year - 1, year, year + 1].map((one) => ({ value: String(one), label: String(one) }));
}
