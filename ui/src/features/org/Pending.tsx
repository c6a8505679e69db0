import { Button } from "antd";
import { nothing, saveFile, useCommand, useQuery } from "../../api";
import type { PendingJoin } from "../../api/generated/PendingJoin";
import { ErrorNotice, SixDigits, useToast } from "../../components";
import { useTexts } from "../../locales";
import { kinds } from "./kinds";

/** 待我决定: six digits to compare by telephone, then 同意 or 拒绝. */
export function Pending() {
  const { t } = useTexts();
  const pending = useQuery("join.pending", nothing);
  const rows = pending.data ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="card stack" aria-label={t("org.pending")}>
      <h2>{t("org.pending")}</h2>
      <p>{t("org.pendingHint")}</p>
      {rows.some((row) => row.byFile) ? <p className="soft">{t("stick.byFile")}</p> : null}
      <ul className="stack">{rows.map((row) => <One key={row.id} row={row} />)}</ul>
    </section>
  );
}

function One({ row }: { row: PendingJoin }) {
  const { t, code, date, pair } = useTexts();
  const device = row.invites === "device";
  const name = device ? (row.holder ? t("org.deviceOf", { name: row.holder }) : t("org.newDevice")) : row.officeName;
  const facts = [
    device ? pair(t("org.role"), code("org", row.role)) : t(kinds[row.kind]),
    row.holder ? t("org.declared", { name: row.holder }) : t("org.noHolder"),
    t("org.askedOn", { date: date(row.askedOn) }),
  ];
  const say = useToast();
  const approve = useCommand("join.approve");
  const certify = useCommand("request.approve");
  const refuse = useCommand("join.refuse");
  const error = approve.error ?? certify.error ?? refuse.error;

  function yes() {
    if (!row.byFile) return approve.mutate({ id: row.id }, { onSuccess: () => say(t("org.approved", { name })) });
    certify.mutate({ id: row.id }, {
      onSuccess: (file) => { void saveFile(file); say(t("stick.certificateSaved", { name })); },
    });
  }
  return (
    <li className="line">
      <span className="what">
        <strong>{name}</strong> <span className="soft">{facts.join(" · ")}</span>
        {row.invitedAs ? <span className="block">{t("org.invitedAs", { name: row.invitedAs })}</span> : null}
        {device ? <span className="block soft">{t(row.role === "keeper" || row.ownBooks ? "org.deviceGets" : "org.deviceGetsUp")}</span> : null}
      </span>
      <SixDigits code={row.code} />
      <span className="row">
        <Button type="primary" loading={approve.isPending || certify.isPending} aria-label={`${t("org.approve")} ${name}`} onClick={yes}>
          {t("org.approve")}
        </Button>
        <Button loading={refuse.isPending} aria-label={`${t("org.refuse")} ${name}`}
          onClick={() => refuse.mutate({ id: row.id }, { onSuccess: () => say(t("org.refused")) })}>
          {t("org.refuse")}
        </Button>
      </span>
      {error ? <ErrorNotice error={error} /> : null}
    </li>
  );
}
