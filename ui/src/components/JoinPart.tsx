import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { nothing, pickFile, saveFile, useCommand, useQuery } from "../api";
import type { JoinState } from "../api/generated/JoinState";
import { useTexts } from "../locales";
import { ErrorNotice, errorText, fieldErrors, type FieldErrors } from "./errors";
import { TextField } from "./Field";
import { LeavesBrief } from "./Leaves";
import { Loaded } from "./Page";
import { SixDigits } from "./SixDigits";
import { Mark, Notice } from "./Words";

/** An invitation as text or file, then six digits to compare, then joined: what comes after stands as its children. */
export function JoinPart({ firstUse, children, aside }: {
  /** There are no books yet: the invitation may be for a further computer of an office, whose user gives a name. */
  firstUse: boolean;
  children: ReactNode;
  /** Beside the button that begins. */
  aside?: ReactNode;
}) {
  const state = useQuery("join.state", nothing);
  const [again, setAgain] = useState(false);
  const [typed, setTyped] = useState<Typed>({ ticket: "", holder: "" });
  return (
    <Loaded query={state}>
      {(data) =>
        data.state === "none" || again || interrupted(data)
          ? <TicketForm firstUse={firstUse} aside={aside} waits={interrupted(data) ? data : null} typed={typed} onTyped={setTyped} onStarted={() => setAgain(false)} />
          : <Progress state={data} onAgain={() => setAgain(true)}>{children}</Progress>
      }
    </Loaded>
  );
}

/** The inviter may still approve, but the program was closed meanwhile and asks no more. */
export function interrupted(state: JoinState): boolean {
  return state.state === "waiting_approval" && state.error !== null;
}

/** What was typed; it stays for another try after a failed one. */
interface Typed {
  ticket: string;
  holder: string;
}

function TicketForm({ firstUse, aside, waits, typed, onTyped, onStarted }: {
  firstUse: boolean;
  aside: ReactNode;
  /** What was asked for before, and is not decided. */
  waits: JoinState | null;
  typed: Typed;
  onTyped: (typed: Typed) => void;
  onStarted: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const join = useCommand("join.start");
  const byFile = useCommand("request.make");
  const { ticket, holder } = typed;
  const setTicket = (text: string) => onTyped({ ticket: text, holder });
  const setHolder = (name: string) => onTyped({ ticket, holder: name });
  const [errors, setErrors] = useState<FieldErrors>({});

  function start(text: string) {
    if (text.trim() === "") return setErrors({ ticket: t("errors.required") });
    setErrors({});
    join.mutate({ ticket: text.trim(), name: holder.trim() || null }, {
      onSuccess: onStarted,
      onError: (error) => setErrors(fieldErrors(texts, error, ["ticket"])),
    });
  }

  /** Without a network: the request becomes a file. */
  function save(text: string) {
    if (text.trim() === "") return setErrors({ ticket: t("errors.required") });
    setErrors({});
    byFile.mutate({ ticket: text.trim(), name: holder.trim() || null }, {
      onSuccess: (made) => { void saveFile(made.file); onStarted(); },
      onError: (error) => setErrors(fieldErrors(texts, error, ["ticket"])),
    });
  }

  async function choose() {
    const file = await pickFile(".txt,.ybzt,text/plain");
    if (!file) return;
    const text = new TextDecoder().decode(Uint8Array.from(atob(file.base64), (c) => c.charCodeAt(0)));
    setTicket(text.trim());
  }

  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); start(ticket); }}>
      {waits ? (
        <>
          {waits.superior ? <p>{t("join.to", { name: waits.superior })}</p> : null}
          <Notice tone="yellow">{t("join.interrupted")}</Notice>
        </>
      ) : <p>{t(firstUse ? "join.introFirst" : "join.intro")}</p>}
      <TextField label={t("join.ticket")} required rows={4} autoFocus value={ticket} onChange={setTicket} error={errors["ticket"]} />
      <div><Button onClick={() => void choose()}>{t("join.file")}</Button></div>
      {firstUse ? <TextField label={t("join.holder")} value={holder} onChange={setHolder} hint={t("join.holderHint")} /> : null}
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <LeavesBrief />
      <p className="soft">{t("stick.joinHint")}</p>
      <div className="row end">
        {aside}
        <Button onClick={() => save(ticket)} loading={byFile.isPending}>{t("stick.joinBy")}</Button>
        <Button type="primary" htmlType="submit" loading={join.isPending}>{t("join.start")}</Button>
      </div>
    </form>
  );
}

function Progress({ state, children, onAgain }: { state: JoinState; children: ReactNode; onAgain: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <div className="card stack" role="status">
      {state.superior && state.state !== "joined" ? <p>{t("join.to", { name: state.superior })}</p> : null}
      {state.state === "connecting" ? <p>{t("join.connecting")}</p> : null}
      {state.state === "waiting_approval" ? (
        <>
          <p>{t("join.waiting")}</p>
          {state.code ? <div><SixDigits code={state.code} /></div> : null}
          <p className="soft">{t("join.waitingHint")}</p>
        </>
      ) : null}
      {state.state === "by_file" ? <ByFile state={state} onAgain={onAgain} /> : null}
      {state.state === "joined" ? (
        <>
          <div><Mark tone="green">{t("join.joined", { name: state.superior ?? "" })}</Mark></div>
          {children}
        </>
      ) : null}
      {state.state === "failed" ? (
        state.error ? (
          <Notice tone="red" alert action={<Button onClick={onAgain}>{t("join.again")}</Button>}>{texts.pair(t("join.failed"), errorText(texts, state.error))}</Notice>
        ) : <ErrorNotice error={null} retry={onAgain} />
      ) : null}
    </div>
  );
}

/** The request lies in a file: digits to read out, then the certificate that comes back. */
function ByFile({ state, onAgain }: { state: JoinState; onAgain: () => void }) {
  const { t } = useTexts();
  const take = useCommand("request.take");
  async function choose() {
    const file = await pickFile(".ybzc");
    if (file) take.mutate({ base64: file.base64 });
  }
  return (
    <>
      <p>{t("stick.requested", { name: state.superior ?? "" })}</p>
      {state.code ? <div><SixDigits code={state.code} /></div> : null}
      <p className="soft">{t("stick.certificateHint")}</p>
      {take.isError ? <ErrorNotice error={take.error} /> : null}
      <div className="row">
        <Button type="primary" onClick={() => void choose()} loading={take.isPending}>{t("stick.certificate")}</Button>
        <Button onClick={onAgain}>{t("stick.requestAgain")}</Button>
      </div>
    </>
  );
}
