import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { TemplateLine } from "../../api/generated/TemplateLine";
import type { TemplateRow } from "../../api/generated/TemplateRow";
import { Dialog, fieldErrors, type FieldErrors, KeepButton, keptAt, Notice, SelectField, TextField, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";

const roles = ["", "secretary", "deputy", "committee_member"] as const;

/** The office's own list: one line of text an item. */
export function TemplateDialog({ row, every, onClose }: { row: TemplateRow | null; every: "month" | "year"; onClose: () => void }) {
  const texts = useTexts();
  const { t, code } = texts;
  const say = useToast();
  const save = useCommand("template.save");
  const { typed: { name, role, text }, set, draft, done } = useTyped("template", `${row?.id ?? "new"} ${every}`, {
    name: row?.name ?? "", role: row?.role ?? "", text: (row?.entries ?? []).map(write).join("\n"),
  });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [stopped, setStopped] = useState<string | null>(null);

  function send(keepMatches = false) {
    if (name.trim() === "") return setErrors({ name: t("errors.required") });
    const entries = text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => read(line, every));
    if (entries.length === 0 && row === null) return setErrors({ entries: t("errors.required") });
    save.mutate({ id: row?.id ?? null, name: name.trim(), role, every, entries, keepMatches }, {
      onSuccess: () => { done(); say(t("common.saved")); onClose(); },
      onError: (error) => { setErrors(fieldErrors(texts, error, ["name"])); setStopped(keptAt(error, ["name"])); },
    });
  }

  return (
    <Dialog title={t(row ? "template.editTitle" : "template.newOne")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={save.isPending} onClick={() => send()}>{t("common.save")}</Button>
    </>}>
      <TypedBefore draft={draft} />
      <TextField label={t("template.name")} required value={name} onChange={(value) => { set({ name: value }); setStopped(null); }} error={errors["name"]} keep={stopped === "name" ? () => send(true) : undefined} />
      <SelectField label={t("template.role")} value={role} onChange={(value) => set({ role: value })} options={roles.map((value) => ({ value, label: code("template", `role_${value || "branch"}`) }))} />
      <TextField label={t("template.entries")} required rows={8} value={text} onChange={(value) => set({ text: value })} error={errors["entries"]} hint={t(every === "month" ? "template.hintMonth" : "template.hintYear")} />
      {errors[""] ? (
        <Notice tone="red" alert action={stopped === "" ? <KeepButton typed={{ text, title: name }} onKeep={() => send(true)} onClean={(clean) => { set({ text: clean.text, name: clean.title }); setErrors({}); }} /> : null}>{errors[""]}</Notice>
      ) : null}
    </Dialog>
  );
}

/** `3-31 报送总结` of a year's list, `25 走访` of a month's; without a day the last. */
export function read(line: string, every: "month" | "year"): TemplateLine {
  const [, month, day, title] = /^(?:(\d{1,2})[-.月/])?(\d{1,2})?[日号]?\s+(.+)$/.exec(line) ?? [];
  const within = (text: string | undefined, most: number) => (text !== undefined && Number(text) >= 1 && Number(text) <= most ? Number(text) : 0);
  if (title === undefined) return { title: line, measure: "", every, month: 0, day: 0 };
  return { title: title.trim(), measure: "", every, month: every === "year" ? within(month, 12) : 0, day: within(day, 31) };
}

export function write(line: TemplateLine): string {
  const day = line.every === "year" && line.month > 0 ? `${line.month}-${line.day || 31}` : line.day > 0 ? String(line.day) : "";
  return day ? `${day} ${line.title}` : line.title;
}
