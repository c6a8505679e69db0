import { Button } from "antd";
import { nothing, useCommand, useQuery } from "../../api";
import type { OrgNode } from "../../api/generated/OrgNode";
import type { PendingJoin } from "../../api/generated/PendingJoin";
import { ErrorNotice, SixDigits, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 待我决定: six digits to compare by telephone, then 同意 or 拒绝. */
export function Pending({ tree }: { tree: readonly OrgNode[] }) {
  const { t } = useTexts();
  const pending = useQuery("join.pending", nothing);
  const rows = pending.data ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="card stack" aria-label={t("org.pending")}>
      <h2>{t("org.pending")}</h2>
      <p>{t("org.pendingHint")}</p>
      <ul className="stack">{rows.map((row) => (
        // A slot of the tree is an office's; the others are further computers of this one.
        <One key={row.id} row={row} device={!tree.some((node) => node.slot !== null && row.id.startsWith(`${node.slot}/`))} />
      ))}</ul>
    </section>
  );
}

function One({ row, device }: { row: PendingJoin; device: boolean }) {
  const { t } = useTexts();
  const name = device ? (row.officeName ? t("org.deviceOf", { name: row.officeName }) : t("org.newDevice")) : row.officeName;
  const say = useToast();
  const approve = useCommand("join.approve");
  const refuse = useCommand("join.refuse");
  return (
    <li className="line">
      <span className="what">
        <strong>{name}</strong>
        {device ? <span className="soft"> {t("org.deviceGets")}</span> : null}
      </span>
      <SixDigits code={row.code} />
      <span className="row">
        <Button type="primary" loading={approve.isPending}
          onClick={() => approve.mutate({ id: row.id }, { onSuccess: () => say(t("org.approved", { name })) })}>
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
