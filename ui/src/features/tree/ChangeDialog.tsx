import type { Input } from "../../api";
import type { BodyList } from "../../api/generated/BodyList";
import type { BodyRow } from "../../api/generated/BodyRow";
import { Choice, DateField, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { FormDialog } from "../member/FormDialog";
import { useForm } from "../member/form";
import { useTyped } from "../member/typed";

const changes = ["renamed", "moved", "joined", "left", "extended", "ended"] as const;
const exchanges = ["promised", "comment_by", "comment_on", "review_by", "review_on"] as const;
const grades = ["good", "fair", "poor"] as const;

/** What became of a body, from a day on. */
export function ChangeDialog({ row, list, onClose }: { row: BodyRow; list: BodyList; onClose: () => void }) {
  const { t, code } = useTexts();
  const { typed, set, draft, done } = useTyped("body_change", row.id, { kind: "renamed" as string, on: "", to: "", note: "" });
  const form = useForm("body.change", ["kind", "on", "to", "note"], () => { done(); onClose(); });
  const kinds = [...changes, ...(row.kind === "attached" ? exchanges : [])];
  const review = typed.kind.startsWith("review_");
  const says = (exchanges as readonly string[]).includes(typed.kind);
  const input: Input<"body.change"> = { body: row.id, ...typed, keepMatches: false };
  const needs = ["renamed", "joined", "left"].includes(typed.kind) || review ? ["to"] : says ? ["note"] : [];
  return (
    <FormDialog title={`${t("tree.change")} · ${row.name}`} form={form} draft={draft} onClose={onClose} onSave={() => form.submit(input, needs)}>
      <SelectField label={t("tree.what")} required value={typed.kind} onChange={(kind) => set({ kind, to: "" })} error={form.at("kind").error}
        options={kinds.map((value) => ({ value, label: value === "ended" ? t("tree.end") : code("tree", value) }))} />
      <DateField label={t("tree.on")} value={typed.on} onChange={(on) => set({ on })} {...form.at("on")} />
      {typed.kind === "renamed" || typed.kind === "joined" ? (
        <TextField label={code("tree", `to_${typed.kind}`)} required value={typed.to} onChange={(to) => set({ to })} {...form.at("to")} />
      ) : null}
      {typed.kind === "left" ? (
        <SelectField label={t("tree.to_left")} required value={typed.to} onChange={(to) => set({ to })} empty="—" error={form.at("to").error}
          options={row.units.map((unit) => ({ value: unit, label: unit }))} />
      ) : null}
      {typed.kind === "moved" ? (
        <SelectField label={t("tree.to_moved")} value={typed.to} onChange={(to) => set({ to })} empty={t("tree.aboveNone")} error={form.at("to").error}
          options={list.rows.filter((one) => one.id !== row.id && one.state !== "ended").map((one) => ({ value: one.id, label: one.name }))} />
      ) : null}
      {typed.kind === "extended" ? (
        <DateField label={t("tree.to_extended")} value={typed.to} onChange={(to) => set({ to })} hint={t("tree.extendedHint")} {...form.at("to")} />
      ) : null}
      {review ? (
        <Choice label={t("tree.to_review")} required value={typed.to} onChange={(to) => set({ to })} error={form.at("to").error}
          options={grades.map((value) => ({ value, label: code("tree", value) }))} />
      ) : null}
      <TextField label={t(says ? "tree.said" : "tree.note")} required={says && !review} {...(says ? { rows: 3 } : {})} value={typed.note} onChange={(note) => set({ note })} {...form.at("note")} />
    </FormDialog>
  );
}
