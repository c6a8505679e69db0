import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useLock, useQuery } from "../../api";
import type { ProfileRow } from "../../api/generated/ProfileRow";
import type { ProfileState } from "../../api/generated/ProfileState";
import { Dialog, ErrorNotice, Loaded, Mark, SelectField } from "../../components";
import { useTexts } from "../../locales";
import { ProfileDialog } from "./ProfileDialog";

const minutes = ["", "5", "10", "20", "60"] as const;

/** 使用者: who shares this computer, what each sees, and when the screen locks. */
export function ProfilesPart() {
  const { t } = useTexts();
  const state = useQuery("profile.list", nothing);
  return (
    <section className="card stack" aria-label={t("profile.title")}>
      <h2>{t("profile.title")}</h2>
      <p className="soft">{t("profile.hint")}</p>
      <Loaded query={state}>{(data) => <Inside state={data} />}</Loaded>
    </section>
  );
}

function Inside({ state }: { state: ProfileState }) {
  const { t } = useTexts();
  const lock = useLock();
  const [editing, setEditing] = useState<ProfileRow | "new" | null>(null);
  const [removing, setRemoving] = useState<ProfileRow | null>(null);
  const after = useCommand("profile.lock_after");
  const any = state.profiles.length > 0;
  return (
    <>
      {any ? (
        <ul className="stack tight">
          {state.profiles.map((one) => (
            <One key={one.id} row={one} current={one.id === state.current} onEdit={() => setEditing(one)} onRemove={() => setRemoving(one)} />
          ))}
        </ul>
      ) : <p>{t("profile.none")}</p>}
      <div className="row"><Button onClick={() => setEditing("new")}>{t("profile.add")}</Button></div>
      {any ? (
        <div className="row end">
          <div className="grow">
            <SelectField label={t("profile.lockAfter")} value={String(state.lockMinutes ?? "")} disabled={after.isPending}
              onChange={(value) => after.mutate({ minutes: value === "" ? null : Number(value) })}
              options={minutes.map((value) => ({ value, label: value === "" ? t("profile.lockNever") : t("profile.lockMinutes", { n: value }) }))} />
          </div>
          <Button onClick={lock}>{t("profile.lockNow")} <kbd>Ctrl+L</kbd></Button>
        </div>
      ) : null}
      {after.isError ? <ErrorNotice error={after.error} /> : null}
      {editing ? <ProfileDialog row={editing === "new" ? null : editing} first={!any} onClose={() => setEditing(null)} /> : null}
      {removing ? <RemoveDialog row={removing} onClose={() => setRemoving(null)} /> : null}
    </>
  );
}

function One({ row, current, onEdit, onRemove }: { row: ProfileRow; current: boolean; onEdit: () => void; onRemove: () => void }) {
  const { t, code, several } = useTexts();
  const hidden = row.hidden.map((area) => code("profile", `area_${area}`));
  return (
    <li className="line">
      <span className="what">
        <strong>{row.name}</strong> {current ? <Mark tone="blue">{t("profile.current")}</Mark> : null}
        <span className="block soft">{hidden.length > 0 ? t("profile.hides", { areas: several(hidden) }) : t("profile.seesAll")}</span>
      </span>
      <span className="row">
        <Button aria-label={`${t("profile.edit")} ${row.name}`} onClick={onEdit}>{t("profile.edit")}</Button>
        <Button aria-label={`${t("profile.remove")} ${row.name}`} onClick={onRemove}>{t("profile.remove")}</Button>
      </span>
    </li>
  );
}

function RemoveDialog({ row, onClose }: { row: ProfileRow; onClose: () => void }) {
  const { t } = useTexts();
  const remove = useCommand("profile.remove");
  return (
    <Dialog title={t("profile.removeOf", { name: row.name })} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" danger loading={remove.isPending} onClick={() => remove.mutate({ id: row.id }, { onSuccess: onClose })}>{t("profile.remove")}</Button>
      </>}>
      <p>{t("profile.removeHint")}</p>
      {row.drafts > 0 ? <p>{t("profile.removeDrafts", { n: row.drafts })}</p> : null}
      {remove.isError ? <ErrorNotice error={remove.error} /> : null}
    </Dialog>
  );
}
