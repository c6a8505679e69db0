import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { Invitation } from "../../api/generated/Invitation";
import { Dialog, ErrorNotice, Loaded, Mark, Notice, useToast } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { kinds } from "./kinds";

/** Whom an invitation is for: the subordinate, or a further computer of this office. */
function nameOf({ t }: Texts, one: Invitation): string {
  return one.invites === "office" ? one.officeName : t("org.device");
}

/** 还没用的邀请: whom each is for and until when; a keeper withdraws one. Nothing stands here when there is none. */
export function Invitations({ keeper }: { keeper: boolean }) {
  const texts = useTexts();
  const { t } = texts;
  const list = useQuery("invite.list", nothing);
  const title = useRef<HTMLHeadingElement>(null);
  const [asked, setAsked] = useState<Invitation | null>(null);
  const [gone, setGone] = useState(0);
  // The line with the focus is no more.
  useEffect(() => {
    if (gone > 0) (title.current ?? document.querySelector<HTMLElement>("h1"))?.focus();
  }, [gone]);
  if (list.data?.length === 0) return null;
  return (
    <section className="card flush" aria-label={t("org.invitations")}>
      <h2 className="list-title" tabIndex={-1} ref={title}>{t("org.invitations")}</h2>
      <Loaded query={list}>
        {(rows) => <ul className="list">{rows.map((row) => <One key={row.id} row={row} onWithdraw={keeper ? () => setAsked(row) : null} />)}</ul>}
      </Loaded>
      {asked ? <WithdrawDialog row={asked} onClose={() => setAsked(null)} onGone={() => { setAsked(null); setGone(gone + 1); }} /> : null}
    </section>
  );
}

function One({ row, onWithdraw }: { row: Invitation; onWithdraw: (() => void) | null }) {
  const texts = useTexts();
  const { t, code, date, pair } = texts;
  const facts = [
    row.invites === "office" ? t(kinds[row.kind]) : pair(t("org.role"), code("org", row.role)),
    t(row.expired ? "org.expiredOn" : "org.expiresOn", { date: date(row.expiresOn) }),
    row.autoApprove ? t("org.auto") : "",
  ];
  return (
    <li className="line">
      <span className="what">
        <span>{nameOf(texts, row)}</span>
        <span className="soft"> · {facts.filter(Boolean).join(" · ")}</span>
      </span>
      <span className="row">
        <State row={row} />
        {onWithdraw ? <Button onClick={onWithdraw} aria-label={`${t("org.withdraw")} ${nameOf(texts, row)}`}>{t("org.withdraw")}</Button> : null}
      </span>
    </li>
  );
}

function State({ row }: { row: Invitation }) {
  const { t } = useTexts();
  if (row.closed !== null) return <Mark tone="yellow" glyph="info">{t("org.closedTries")}</Mark>;
  if (row.waiting > 0) return <Mark tone="yellow" glyph="info">{t("org.waiting")}</Mark>;
  if (row.expired) return <Mark tone="grey" glyph="info">{t("org.expired")}</Mark>;
  return <Mark tone="grey" glyph="info">{t("org.invited")}</Mark>;
}

function WithdrawDialog({ row, onClose, onGone }: { row: Invitation; onClose: () => void; onGone: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const withdraw = useCommand("invite.withdraw");
  const name = nameOf(texts, row);
  return (
    <Dialog title={t("org.withdrawTitle", { name })} open onClose={onClose}
      footer={<>
        <Button type="primary" onClick={onClose}>{t("org.keepIt")}</Button>
        <Button loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ id: row.id }, { onSuccess: () => { say(t("org.withdrawn", { name })); onGone(); } })}>
          {t("org.withdraw")}
        </Button>
      </>}>
      <p>{t("org.withdrawHint")}</p>
      {row.waiting > 0 ? <Notice tone="yellow">{t("org.withdrawWaiting")}</Notice> : null}
      {withdraw.isError ? <ErrorNotice error={withdraw.error} /> : null}
    </Dialog>
  );
}
