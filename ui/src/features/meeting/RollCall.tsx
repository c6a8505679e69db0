import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { holdback, type Holdback, useCommand } from "../../api";
import type { Mark } from "../../api/generated/Mark";
import type { SessionView } from "../../api/generated/SessionView";
import { Dialog, ErrorNotice, Mark as Word, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { Beside } from "./Beside";
import { QuorumLight } from "./QuorumLight";
import { RerollNotice } from "./Reroll";
import { RollGrid } from "./RollGrid";
import { count, mark, markOf, saved, startRoll, undo } from "./roll-state";

/** 列席 is written by its own part of the screen. */
const nobody = { beside: [], notBeside: [] };

/** One screen for the whole roll; every mark is kept shortly after it is made. */
export function RollCall({ view }: { view: SessionView }) {
  const { t, date, several } = useTexts();
  const navigate = useNavigate();
  const say = useToast();
  const send = useCommand("meeting.roll");
  const closing = useCommand("meeting.roll");
  const [state, setState] = useState(() => startRoll(view.roll));
  const [asking, setAsking] = useState<"rest" | "finish" | null>(null);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const counts = count(state.rows);
  const beside = view.beside.length + view.roll.filter((row) => !row.due && row.mark === "non_voting").length;
  const page = useRef<HTMLDivElement>(null);
  // Where the pass goes on from the field of 列席, as long as nothing is typed there.
  const [goOn, setGoOn] = useState<{ act: (key: string) => void } | null>(null);
  function toBeside(act: (key: string) => void) {
    const field = page.current?.querySelector<HTMLInputElement>("[data-beside] input");
    if (!field) return;
    field.focus();
    setGoOn({ act });
  }
  const waiting = Object.keys(state.unsaved).length > 0;
  const { mutate, isPending } = send;

  const keepUp = useRef(() => {});
  useEffect(() => {
    keepUp.current = () => {
      const marks = Object.values(latest.current.unsaved);
      if (marks.length > 0) mutate({ ...nobody, id: view.row.id, marks, close: false }, { onSuccess: () => setState((now) => saved(now, marks)) });
    };
  });
  // Who marks without a pause is kept up with too.
  const wait = useRef<Holdback | null>(null);
  useEffect(() => {
    const held = holdback(() => keepUp.current());
    wait.current = held;
    return held.stop;
  }, []);
  useEffect(() => {
    if (waiting && !isPending && !closing.isPending) wait.current?.touch();
    else wait.current?.stop();
  }, [waiting, isPending, closing.isPending, state]);

  // Leaving the screen sends what is still waiting.
  useEffect(() => () => {
    const marks = Object.values(latest.current.unsaved);
    if (marks.length > 0) mutate({ ...nobody, id: view.row.id, marks, close: false });
  }, [mutate, view.row.id]);

  function setMark(member: string, value: Mark, reason = "") {
    setState((now) => mark(now, [{ member, mark: value, reason }]));
  }

  function rest() {
    setState((now) => mark(now, now.rows.filter((row) => markOf(row) === "unconfirmed")
      .map((row) => ({ member: row.member, mark: "present" as const, reason: "" }))));
    setAsking(null);
  }

  function finish() {
    const marks = Object.values(state.unsaved);
    closing.mutate({ ...nobody, id: view.row.id, marks, close: true }, {
      onSuccess: () => {
        latest.current = saved(latest.current, marks);
        setState((now) => saved(now, marks));
        say(t("roll.finished"));
        // Votes, minutes and resolution come next, and stand there.
        void navigate({ to: "/meeting", search: { id: view.row.id } });
      },
    });
    setAsking(null);
  }

  const end = () => (counts.unconfirmed > 0 ? setAsking("finish") : finish());
  useShortcuts({ "Ctrl+Z": { label: "common.undo", act: () => setState(undo) }, "Ctrl+Enter": { label: "keys.endRoll", act: end } });

  return (
    <div className="page" ref={page}>
      <div className="roll-head stack tight">
        <div className="row apart">
          <h1>{date(view.row.date)} {several(view.row.kinds.map((kind) => t(`meeting.${kind}`)))}</h1>
          <div className="row">
            <Button onClick={() => setAsking("rest")} disabled={counts.unconfirmed === 0}>{t("roll.restPresent")}</Button>
            <Button onClick={() => setState(undo)} disabled={state.past.length === 0}>{t("roll.undo")}</Button>
            <Button type="primary" onClick={end} loading={closing.isPending}>{t("roll.finish")} Ctrl+Enter</Button>
          </div>
        </div>
        <div className="row apart">
          <p className="roll-counts" role="status">
            {([["due", counts.due], ["present", counts.present], ["excused", counts.excused], ["absent", counts.absent], ["unconfirmed", counts.unconfirmed]] as const)
              .map(([key, n]) => <span key={key}>{t(`roll.${key}`)}<strong>{n}</strong></span>)}
            {beside > 0 ? <span>{t("roll.nonVoting")}<strong>{beside}</strong></span> : null}
            <span>{t("roll.voters", { due: counts.votersDue, here: counts.votersPresent })}</span>
          </p>
          {!view.quorum ? null : view.row.rollOfOther ? <span role="status"><Word tone="grey" glyph="info">{t("meeting.rollOfOtherLight")}</Word></span> : (
            <QuorumLight quorum={view.quorum} here={counts.votersPresent} rows={state.rows} />
          )}
        </div>
        {send.isError || closing.isError ? <ErrorNotice error={closing.error ?? send.error} /> : null}
      </div>
      <div className="row apart soft">
        <span id="roll-keys">{t("roll.keys")}</span>
        <span role="status">{send.isError ? null : <Word tone="grey">{t(waiting || isPending ? "roll.saving" : "roll.allSaved")}</Word>}</span>
      </div>
      <RerollNotice view={view} busy={waiting || isPending} onDone={(next) => setState(startRoll(next.roll))} />
      <RollGrid rows={state.rows} onMark={setMark} onBeside={toBeside} />
      <Beside view={view} goOn={goOn?.act ?? null} onLeave={() => setGoOn(null)} />
      <Dialog title={t("roll.restPresent")} open={asking === "rest"} onClose={() => setAsking(null)}
        footer={<>
          <Button onClick={() => setAsking(null)}>{t("common.cancel")}</Button>
          <Button type="primary" autoFocus onClick={rest}>{t("roll.restYes")}</Button>
        </>}>
        <p>{t("roll.restAsk", { n: counts.unconfirmed })}</p>
      </Dialog>
      <Dialog title={t("roll.finish")} open={asking === "finish"} onClose={() => setAsking(null)}
        footer={<>
          <Button onClick={() => setAsking(null)}>{t("common.cancel")}</Button>
          <Button type="primary" autoFocus onClick={finish}>{t("roll.finishYes")}</Button>
        </>}>
        <p>{t("roll.finishAsk", { n: counts.unconfirmed })}</p>
      </Dialog>
    </div>
  );
}
