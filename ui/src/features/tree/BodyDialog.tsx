import type { Input } from "../../api";
import type { BodyList } from "../../api/generated/BodyList";
import type { BodyRow } from "../../api/generated/BodyRow";
import { Choice, DateField, Notice, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { FormDialog } from "../member/FormDialog";
import { useForm } from "../member/form";
import { useTyped } from "../member/typed";
import { bases, bodyKinds } from "./words";

/** A new body, or the beginning of one put right. */
export function BodyDialog({ row, list, onClose }: { row: BodyRow | null; list: BodyList; onClose: () => void }) {
  const { t, code, several } = useTexts();
  const was = row?.entered;
  const { typed, set, draft, done } = useTyped("body", row?.id ?? "new", {
    name: was?.name ?? "", kind: was?.kind ?? "group", basis: was?.basis ?? "", above: was?.above ?? "", office: was?.office ?? "",
    units: (was?.units ?? []).join("\n"), from: was?.from ?? "", until: was?.until ?? "", decision: was?.decision ?? "",
  });
  const form = useForm("body.save", ["name", "kind", "basis", "above", "office", "units", "from", "until", "decision"], () => { done(); onClose(); });
  const rule = list.kinds.find((kind) => kind.kind === typed.kind);
  const input: Input<"body.save"> = { ...typed, id: row?.id ?? null, units: typed.units.split(/[\n、,，]/), keepMatches: false };
  const covers = typed.kind !== "group" && typed.kind !== "attached";
  const linked = rule?.branch === true || typed.kind === "alliance";
  return (
    <FormDialog title={t(row ? "tree.edit" : "tree.add")} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(input, ["name", "from"])}>
      {row ? <Notice tone="grey">{t("tree.editHint")}</Notice> : null}
      <TextField label={t("tree.name")} required value={typed.name} onChange={(name) => set({ name })} {...form.at("name")} />
      <SelectField label={t("tree.kind")} required value={typed.kind} onChange={(kind) => set({ kind })} error={form.at("kind").error}
        options={bodyKinds.map((value) => ({ value, label: code("tree", value) }))} />
      {rule && rule.mayNot.length > 0 ? (
        <Notice tone="grey">{t("tree.mayNot", { what: several(rule.mayNot.map((duty) => code("tree", duty))) })} {t("tree.rule")} {rule.rule.citation}</Notice>
      ) : null}
      <Choice label={t("tree.basis")} value={typed.basis} onChange={(basis) => set({ basis })} error={form.at("basis").error}
        options={[{ value: "", label: t("tree.noBasis") }, ...bases.map((value) => ({ value, label: code("tree", value) }))]} />
      <DateField label={t("tree.from")} required value={typed.from} onChange={(from) => set({ from })} {...form.at("from")} />
      <DateField label={t("tree.until")} value={typed.until} onChange={(until) => set({ until })} hint={t("tree.untilHint")} {...form.at("until")} />
      {list.rows.some((one) => one.id !== row?.id) ? (
        <SelectField label={t("tree.above")} value={typed.above} onChange={(above) => set({ above })} empty={t("tree.aboveNone")} error={form.at("above").error}
          options={list.rows.filter((one) => one.id !== row?.id && one.state !== "ended").map((one) => ({ value: one.id, label: one.name }))} />
      ) : null}
      {covers ? <TextField label={t("tree.units")} rows={3} value={typed.units} onChange={(units) => set({ units })} hint={t("tree.unitsHint")} {...form.at("units")} /> : null}
      {linked && list.offices.length > 0 ? (
        <SelectField label={t("tree.office")} value={typed.office} onChange={(office) => set({ office })} empty={t("tree.officeNone")} error={form.at("office").error}
          options={list.offices.map((one) => ({ value: one.id, label: one.name }))} />
      ) : null}
      <TextField label={t("tree.decision")} value={typed.decision} onChange={(decision) => set({ decision })} hint={t("tree.decisionHint")} {...form.at("decision")} />
    </FormDialog>
  );
}
