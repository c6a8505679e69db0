import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery, useRecords } from "../../api";
import type { UnitGroupRow } from "../../api/generated/UnitGroupRow";
import { Blank, DeleteButton, Dialog, fieldErrors, type FieldErrors, Loaded, Notice, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { UnitPicker } from "./UnitPicker";
import type { Unit } from "./units";

/** 常用分组: offices that often get the same; kept among the office's own papers. */
export function UnitGroups({ units }: { units: readonly Unit[] }) {
  const { t, several } = useTexts();
  const groups = useQuery("dispatch.groups", nothing);
  const writes = useRecords();
  const [editing, setEditing] = useState<UnitGroupRow | "new" | null>(null);
  return (
    <>
      <div className="row apart">
        <p className="soft">{t("sent.groupPrivate")}</p>
        {writes ? <Button onClick={() => setEditing("new")}>{t("sent.newGroup")}</Button> : null}
      </div>
      <Loaded query={groups}>
        {(rows) => rows.length === 0 ? <Blank>{t("sent.noGroups")}</Blank> : (
          <ul className="card flush list">
            {rows.map((row) => (
              <li key={row.id} className="line">
                <div className="what">
                  <strong>{row.name}</strong>
                  <div className="soft">{t("sent.members", { n: row.units.length, names: several(row.units.map((unit) => unit.name)) })}</div>
                  {row.gone > 0 ? <div className="soft">{t("sent.gone", { n: row.gone })}</div> : null}
                </div>
                {writes ? (
                  <span className="row">
                    <Button onClick={() => setEditing(row)} aria-label={`${t("common.change")} ${row.name}`}>{t("common.change")}</Button>
                    <DeleteButton id={row.id} name={row.name} />
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {editing ? <GroupDialog key={editing === "new" ? "new" : editing.id} row={editing === "new" ? null : editing} chosen={null} units={units} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

/** A name and its offices; `chosen` are those that are ticked on the form from which it is kept. */
export function GroupDialog({ row, chosen, units, onClose }: {
  row: UnitGroupRow | null;
  chosen: readonly string[] | null;
  units: readonly Unit[];
  onClose: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const save = useCommand("dispatch.group_save");
  const [name, setName] = useState(row?.name ?? "");
  const [to, setTo] = useState<readonly string[]>(chosen ?? row?.units.map((unit) => unit.id) ?? []);
  const [errors, setErrors] = useState<FieldErrors>({});

  function send() {
    const found: FieldErrors = {};
    if (name.trim() === "") found["name"] = t("errors.required");
    if (to.length === 0) found["units"] = t("dispatch.pick");
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    save.mutate({ id: row?.id ?? null, name: name.trim(), units: [...to] }, {
      onSuccess: () => { say(t("sent.groupSaved")); onClose(); },
      onError: (error) => setErrors(fieldErrors(texts, error, ["name", "units"])),
    });
  }

  return (
    <Dialog title={t(row ? "sent.editGroup" : "sent.newGroup")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={save.isPending} onClick={send}>{t("common.save")}</Button>
    </>}>
      <TextField label={t("sent.groupName")} required value={name} onChange={setName} error={errors["name"]} />
      <UnitPicker units={units} to={to} onChange={setTo} error={errors["units"]} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
