import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useList, useOffice, useQuery } from "../../api";
import type { ConcernRow as Row } from "../../api/generated/ConcernRow";
import type { ConcernState } from "../../api/generated/ConcernState";
import { Check, DateField, Dialog, fieldErrors, type FieldErrors, keptAt, Loaded, Notice, Paged, SelectField, TextField, TypedBefore } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { ConcernRow, concernStates } from "./ConcernRow";
import { ConcernTrail } from "./ConcernTrail";
import { PlanDialog } from "./PlanDialog";

/** 诉求: where each stands, and the next step. */
export function Concerns({ initialText, openId }: { initialText: string; openId: string | null }) {
  const { t } = useTexts();
  const { year } = useOffice();
  const [text, setText] = useState(initialText);
  const [state, setState] = useState<ConcernState | "open" | "">("");
  const [open, setOpen] = useState<string | null>(openId);
  const list = useList("concern.list", listInput({ year, text: text.trim() || null, state: state || null }));
  return (
    <>
      <div className="fields">
        <TextField label={t("concern.filter")} value={text} onChange={setText} />
        <SelectField<ConcernState | "open"> label={t("common.state")} value={state} onChange={setState} empty={t("common.all")}
          options={[{ value: "open", label: t("concern.open") }, ...concernStates.map((value) => ({ value, label: t(`concern.${value}`) }))]} />
      </div>
      <Paged list={list}>{(row) => <ConcernRow key={row.id} row={row} onOpen={() => setOpen(row.id)} />}</Paged>
      {open !== null ? <ConcernDialog id={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function ConcernDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts();
  const concern = useQuery("concern.get", { id });
  const [planning, setPlanning] = useState<"plan" | "reopen" | null>(null);
  const row = concern.data;
  // Once it is here, so that the focus starts where one writes.
  if (concern.isPending) return null;
  if (row && planning) return <PlanDialog row={row} reopen={planning === "reopen"} onClose={() => setPlanning(null)} />;
  return (
    <Dialog title={t("visit.concern")} open onClose={onClose} footer={null}>
      <Loaded query={concern}>
        {(found) => (
          <>
            <ConcernTrail row={found} />
            {found.state === "kept" || found.state === "closed" ? (
              <div className="row end">
                <Button onClick={onClose}>{t("common.close")}</Button>
                <Button type="primary" onClick={() => setPlanning(found.state === "closed" ? "reopen" : "plan")}>
                  {t(found.state === "closed" ? "concern.reopen" : "concern.plan")}
                </Button>
              </div>
            ) : <Progress row={found} onPlan={() => setPlanning("plan")} onClose={onClose} />}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

/** What was done; or, once there is an answer, that the resident was told, which closes the concern. */
function Progress({ row, onPlan, onClose }: { row: Row; onPlan: () => void; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const progress = useCommand("concern.progress");
  const tell = useCommand("concern.tell");
  const answered = row.state === "answered";
  const { typed: { note, on, close }, set, draft, done } = useTyped("concern_progress", row.id, { note: answered ? t("concern.tellDefault") : "", on: "", close: false });
  const [missing, setMissing] = useState(false);
  const failed = progress.error ?? tell.error;
  const errors: FieldErrors = failed ? fieldErrors(texts, failed, ["note", "on"]) : {};
  const stopped = failed !== null && keptAt(failed, ["note"]) !== null;

  function save(keepMatches = false) {
    setMissing(note.trim() === "");
    if (note.trim() === "" || progress.isPending || tell.isPending) return;
    const said = { id: row.id, note: note.trim(), on: on.trim(), keepMatches };
    const onSuccess = () => { done(); onClose(); };
    if (answered) tell.mutate(said, { onSuccess });
    else progress.mutate({ ...said, close }, { onSuccess });
  }

  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <TypedBefore draft={draft} />
      <TextField label={t(answered ? "concern.tellNote" : "concern.note")} required rows={2} value={note}
        onChange={(text) => { set({ note: text }); progress.reset(); tell.reset(); }} error={missing ? t("errors.required") : errors["note"]}
        keep={stopped && !missing ? () => save(true) : undefined} />
      <DateField label={t("concern.on")} value={on} onChange={(next) => set({ on: next })} hint={t("concern.onHint")} error={errors["on"]} />
      {answered ? null : <Check label={t("concern.close")} checked={close} onChange={(next) => set({ close: next })} />}
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button onClick={onPlan}>{t("concern.plan")}</Button>
        <Button type="primary" htmlType="submit" loading={progress.isPending || tell.isPending}>{t(answered ? "concern.tell" : "common.save")}</Button>
      </div>
    </form>
  );
}
