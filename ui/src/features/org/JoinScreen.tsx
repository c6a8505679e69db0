import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, pickFile, useCommand, useQuery } from "../../api";
import type { JoinState } from "../../api/generated/JoinState";
import { ErrorNotice, errorText, fieldErrors, type FieldErrors, Loaded, Mark, Notice, Page, TextField } from "../../components";
import { useTexts } from "../../locales";
import { SixDigits } from "./Pending";
import "./org.css";

/** 加入上级: a ticket as text or file, then six digits to compare, then joined. */
export function JoinScreen() {
  const { t } = useTexts();
  const state = useQuery("join.state", nothing);
  const [again, setAgain] = useState(false);
  return (
    <Page title={t("join.title")} narrow>
      <Loaded query={state}>
        {(data) =>
          data.state === "none" || again
            ? <TicketForm onStarted={() => setAgain(false)} />
            : <Progress state={data} onAgain={() => setAgain(true)} />
        }
      </Loaded>
    </Page>
  );
}

function TicketForm({ onStarted }: { onStarted: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const join = useCommand("join.start");
  const [ticket, setTicket] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});

  function start(text: string) {
    if (text.trim() === "") return setErrors({ ticket: t("errors.required") });
    setErrors({});
    join.mutate({ ticket: text.trim(), name: null }, {
      onSuccess: onStarted,
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
      <p>{t("join.intro")}</p>
      <TextField label={t("join.ticket")} required rows={4} value={ticket} onChange={setTicket} error={errors["ticket"]} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end">
        <Button onClick={() => void choose()}>{t("join.file")}</Button>
        <Button type="primary" htmlType="submit" loading={join.isPending}>{t("join.start")}</Button>
      </div>
    </form>
  );
}

function Progress({ state, onAgain }: { state: JoinState; onAgain: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <div className="card stack" role="status">
      {state.superior ? <p>{t("join.to", { name: state.superior })}</p> : null}
      {state.state === "connecting" ? <p>{t("join.connecting")}</p> : null}
      {state.state === "waiting_approval" ? (
        <>
          <p>{t("join.waiting")}</p>
          {state.code ? <div><SixDigits code={state.code} /></div> : null}
        </>
      ) : null}
      {state.state === "joined" ? (
        <div className="row">
          <Mark tone="green">{t("join.joined", { name: state.superior ?? "" })}</Mark>
          <Link to="/">{t("join.done")}</Link>
        </div>
      ) : null}
      {state.state === "failed" ? (
        state.error ? (
          <Notice tone="red" alert action={<Button onClick={onAgain}>{t("join.again")}</Button>}>{t("join.failed")}:{errorText(texts, state.error)}</Notice>
        ) : <ErrorNotice error={null} retry={onAgain} />
      ) : null}
    </div>
  );
}
