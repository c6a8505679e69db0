import { Button } from "antd";
import { useState } from "react";
import { type Output, pickFile, useCommand } from "../../api";
import type { FillTemplate } from "../../api/generated/FillTemplate";
import type { ImportFile } from "../../api/generated/ImportFile";
import type { SheetKind } from "../../api/generated/SheetKind";
import { Dialog, ErrorNotice, fieldErrors, Mark, Notice, SelectField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { sheetName } from "../sheet/kinds";

/** A new form, or a new version of one: what was mapped stays where the cells are the same, and the rest is told. */
export function AddDialog({ former, kinds, onClose, onKept }: {
  former: FillTemplate | null;
  kinds: readonly SheetKind[];
  onClose: () => void;
  onKept: (id: string) => void;
}) {
  const texts = useTexts();
  const { t, code } = texts;
  const add = useCommand("fill.add");
  const [file, setFile] = useState<ImportFile | null>(null);
  const [name, setName] = useState(former?.name ?? "");
  const [kind, setKind] = useState(former?.kind ?? kinds[0]?.kind ?? "");
  const [added, setAdded] = useState<Output<"fill.add"> | null>(null);
  const errors = add.error ? fieldErrors(texts, add.error, ["name", "kind"]) : {};
  const pick = async () => {
    const chosen = await pickFile(".xlsx,.xlsm");
    if (!chosen) return;
    add.reset();
    setFile(chosen);
    if (name === "") setName(chosen.name.replace(/\.xls[xm]$/i, ""));
  };
  const keep = () => {
    if (!file) return;
    add.mutate({ name, kind, file, replaces: former?.id ?? null }, {
      onSuccess: (output) => {
        // What was lost has to be read before the form opens.
        if (output.lost.length > 0) setAdded(output);
        else onKept(output.id);
      },
    });
  };
  if (added) {
    return (
      <Dialog title={t("fill.replaceTitle")} open onClose={() => onKept(added.id)} footer={<Button type="primary" onClick={() => onKept(added.id)}>{t("fill.map")}</Button>}>
        <Mark tone="green">{t("fill.carried", { n: added.carried })}</Mark>
        <Notice tone="yellow">{t("fill.lost", { n: added.lost.length })}</Notice>
        <ul>
          {added.lost.map((note, index) => {
            const known = ["sheet_gone", "cell_differs"].includes(note.code) ? note.code : "lostOther";
            return <li key={index}>{code("fill", known, { sheet: note.sheet, cell: note.cell })}</li>;
          })}
        </ul>
      </Dialog>
    );
  }
  return (
    <Dialog title={t(former ? "fill.replaceTitle" : "fill.addTitle")} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" disabled={!file} loading={add.isPending} onClick={keep}>{t("fill.keep")}</Button>
      </>
    }>
      <div className="row">
        <Button onClick={() => void pick()}>{t("fill.pick")}</Button>
        <span>{file?.name ?? t("fill.file")}</span>
      </div>
      <TextField label={t("fill.name")} required value={name} onChange={setName} error={errors["name"]} />
      <SelectField label={t("fill.kind")} required value={kind} onChange={setKind} error={errors["kind"]}
        options={kinds.map((one) => ({ value: one.kind, label: sheetName(texts, one.kind, kinds) }))} />
      {errors[""] ? <ErrorNotice error={add.error} /> : null}
    </Dialog>
  );
}
