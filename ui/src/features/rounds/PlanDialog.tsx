import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { Round } from "../../api/generated/Round";
import { Blank, Check, DateField, Dialog, fieldErrors, type FieldErrors, Mark, Notice, TextField, toDto, TypedBefore, useToast } from "../../components";
import { useTexts } from "../../locales";
import { useTyped } from "../member/typed";
import { UnitsField, useUnits } from "./parts";

/** Units put into a month's round and, if wanted, told of the day. */
export function PlanDialog({ round, onClose }: { round: Round; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const plan = useCommand("interview.plan");
  const units = useUnits();
  const { typed: { chosen, on, notify, person }, set, draft, done } = useTyped<{ chosen: string[]; on: string; notify: boolean; person: string }>(
    "interview_plan", round.month, { chosen: [], on: "", notify: true, person: "" });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [far, setFar] = useState(false);
  const inside = new Set(round.units.map((unit) => unit.item.office));
  const free = (units ?? []).filter((unit) => !inside.has(unit.id));
  const total = inside.size + chosen.length;
  const fits = total >= round.rules.unitsMin && total <= round.rules.unitsMax;

  function send(confirmDate: boolean) {
    const found: FieldErrors = {};
    if (chosen.length === 0) found["units"] = t("rounds.pickUnits");
    if (on.trim() === "") found["on"] = t("errors.required");
    setErrors(found);
    setFar(false);
    if (Object.keys(found).length > 0 || plan.isPending) return;
    plan.mutate({ month: round.month, on, units: chosen, notify, person, note: "", confirmDate }, {
      onSuccess: ({ made }) => {
        done();
        say(t("rounds.planned", { n: made }));
        onClose();
      },
      onError: (error) => {
        setErrors(fieldErrors(texts, error, ["on", "units", "person"]));
        setFar(toDto(error).code === "date_far");
      },
    });
  }

  return (
    <Dialog title={t("rounds.planTitle", { month: texts.date(round.month) })} open onClose={onClose} footer={
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={plan.isPending} onClick={() => send(false)}>{t("rounds.plan")}</Button>
      </>
    }>
      <TypedBefore draft={draft} />
      <DateField ahead label={t("rounds.planOn")} required value={on} onChange={(next) => set({ on: next })} error={errors["on"]} confirm={far ? () => send(true) : undefined} />
      {free.length === 0 ? <Blank>{t("rounds.noMoreUnits")}</Blank> : <UnitsField units={free} chosen={chosen} error={errors["units"]} onChange={(next) => set({ chosen: next })} />}
      {chosen.length > 0 ? <p><Mark tone={fits ? "green" : "yellow"} glyph="info">{t("rounds.unitCount", { n: total, min: round.rules.unitsMin, max: round.rules.unitsMax })}</Mark></p> : null}
      <Check label={t("rounds.notify")} checked={notify} onChange={(next) => set({ notify: next })} />
      <TextField label={t("rounds.notifyPerson")} value={person} onChange={(next) => set({ person: next })} error={errors["person"]} />
      <Notice tone="blue">{t("rounds.planLeaves")}</Notice>
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
