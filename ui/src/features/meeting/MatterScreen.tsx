import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../../api";
import type { MatterRow } from "../../api/generated/MatterRow";
import type { MatterStepRow } from "../../api/generated/MatterStepRow";
import { DeleteButton, ErrorNotice, HistoryButton, Loaded, Mark, Page, useToast } from "../../components";
import { useTexts } from "../../locales";
import { sessionName } from "./kinds";
import { Source } from "./Source";
import { StepDialog } from "./StepDialog";
import "./plan.css";

/** One matter of the village with its six steps. */
export function MatterScreen() {
  const { t } = useTexts();
  const { id } = useSearch({ strict: false });
  const found = useQuery("matter.get", { id: id ?? "" });
  return (
    <Page title={found.data?.title ?? t("matter.title")} narrow actions={id ? <><HistoryButton id={id} /><DeleteButton id={id} to="/matters" /></> : null}>
      <p><Link to="/matters">{t("matter.back")}</Link></p>
      <Loaded query={found}>{(row) => <Steps row={row} />}</Loaded>
    </Page>
  );
}

function Steps({ row }: { row: MatterRow }) {
  const { t } = useTexts();
  const say = useToast();
  const writes = useRecords();
  const drop = useCommand("matter.drop");
  const { draft } = useSearch({ strict: false });
  const [editing, setEditing] = useState<MatterStepRow | null>(writes && !row.dropped ? row.steps.find((one) => one.step === draft) ?? null : null);
  return (
    <>
      {row.dropped ? <Mark tone="grey" glyph="minus">{t("matter.dropped")}</Mark> : null}
      <ol className="card stack matter-steps">
        {row.steps.map((step, at) => <Step key={step.step} number={at + 1} step={step} onEdit={writes && !row.dropped ? () => setEditing(step) : null} />)}
      </ol>
      <Source rule={row.rule} />
      {writes ? (
        <div className="row">
          <Button loading={drop.isPending} onClick={() => drop.mutate({ id: row.id, dropped: !row.dropped }, { onSuccess: () => say(t("common.saved")) })}>
            {t(row.dropped ? "matter.restore" : "matter.drop")}
          </Button>
        </div>
      ) : null}
      {drop.isError ? <ErrorNotice error={drop.error} /> : null}
      {editing ? <StepDialog id={row.id} step={editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

function Step({ number, step, onEdit }: { number: number; step: MatterStepRow; onEdit: (() => void) | null }) {
  const texts = useTexts();
  const { t, date } = texts;
  const name = t(`matter.${step.step}`);
  return (
    <li className={step.on === null ? "matter-step" : "matter-step done"}>
      <div className="line">
        <span className="what"><strong>{number}. {name}</strong> {step.on === null ? <span className="soft">{t("matter.notYet")}</span> : date(step.on)}</span>
        {onEdit ? <Button onClick={onEdit} aria-label={`${t(step.on === null ? "matter.record" : "matter.edit")} ${name}`}>{t(step.on === null ? "matter.record" : "matter.edit")}</Button> : null}
      </div>
      {step.note ? <p className="prose">{step.note}</p> : null}
      {step.needed === null ? null : (
        <div className="row">
          <span>{t("matter.numbers", { present: step.present, for: step.inFavour, needed: step.needed })}</span>
          <Mark tone={step.carried ? "green" : "grey"} glyph={step.carried ? "check" : "info"}>{t(step.carried ? "matter.carried" : "matter.notCarried")}</Mark>
        </div>
      )}
      {step.session ? <Link to="/meeting" search={{ id: step.session.id }}>{sessionName(texts, step.session)}</Link> : null}
      {step.outOfOrder ? <Mark tone="yellow">{t("matter.outOfOrder")}</Mark> : null}
    </li>
  );
}
