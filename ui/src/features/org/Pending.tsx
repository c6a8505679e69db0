import { Button } from "antd";
import { nothing, useCommand, useQuery } from "../../api";
import type { PendingJoin } from "../../api/generated/PendingJoin";
import { ErrorNotice, useToast } from "../../components";
import { useTexts } from "../../locales";
import "./org.css";

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
      <ul className="stack">{rows.map((row) => <One key={row.id} row={row} />)}</ul>
    </section>
  );
}

function One({ row }: { row: PendingJoin }) {
  const { t } = useTexts();
  const say = useToast();
  const approve = useCommand("join.approve");
  const refuse = useCommand("join.refuse");
  return (
    <li className="line">
      <span className="what"><strong>{row.officeName}</strong></span>
      <SixDigits code={row.code} />
      <span className="row">
        <Button type="primary" loading={approve.isPending}
          onClick={() => approve.mutate({ id: row.id }, { onSuccess: () => say(t("org.approved", { name: row.officeName })) })}>
          {t("org.approve")}
        </Button>
        <Button loading={refuse.isPending} onClick={() => refuse.mutate({ id: row.id }, { onSuccess: () => say(t("org.refused")) })}>
          {t("org.refuse")}
        </Button>
      </span>
      {approve.isError || refuse.isError ? <ErrorNotice error={approve.error ?? refuse.error} /> : null}
    </li>
  );
}

/** Read aloud digit by digit, shown in two threes. */
export function SixDigits({ code }: { code: string }) {
  const { t } = useTexts();
  const digits = code.replaceAll(/\D/g, "");
  return (
    <span className="six-digits">
      <span className="visually-hidden">{t("org.code")}: {digits.split("").join(" ")}</span>
      <span aria-hidden="true">{digits.slice(0, 3)} {digits.slice(3)}</span>
    </span>
  );
}
