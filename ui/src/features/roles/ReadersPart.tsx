import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useOffice, useQuery } from "../../api";
import type { DeviceReader } from "../../api/generated/DeviceReader";
import { Dialog, ErrorNotice, Loaded, Mark, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 谁能看住户和谈话记录: this office's computers, and the keeper's word for a clerk's. */
export function ReadersPart() {
  const { t } = useTexts();
  const { office } = useOffice();
  const readers = useQuery("device.readers", nothing);
  const [granting, setGranting] = useState<DeviceReader | null>(null);
  return (
    <section className="card flush" aria-label={t("roles.readers")}>
      <h2 className="list-title">{t("roles.readers")}</h2>
      <Loaded query={readers}>
        {(rows) => <ul className="list">{rows.map((row) => <One key={row.device} row={row} keeper={office?.role === "keeper"} onGrant={() => setGranting(row)} />)}</ul>}
      </Loaded>
      {granting ? <GrantDialog row={granting} onClose={() => setGranting(null)} /> : null}
    </section>
  );
}

function useName(row: DeviceReader): string {
  const { t } = useTexts();
  return row.holder ?? (row.here ? t("history.thisComputer") : t("history.computer", { id: row.device.slice(0, 8) }));
}

function One({ row, keeper, onGrant }: { row: DeviceReader; keeper: boolean; onGrant: () => void }) {
  const { t, code } = useTexts();
  const name = useName(row);
  const facts = [code("roles", row.role), row.custody && row.role !== "custodian" ? t("roles.custodian") : "", row.here ? t("history.thisComputer") : "", row.compared ? "" : t("roles.notCompared")];
  return (
    <li className="line">
      <span className="what"><strong>{name}</strong><span className="block soft">{facts.filter((fact) => fact !== "" && fact !== name).join(" · ")}</span></span>
      {row.reads ? <Mark tone="green">{t("roles.reads")}</Mark> : <Mark tone="grey" glyph="lock">{t("roles.readsNot")}</Mark>}
      {keeper && row.mayBeGranted ? <Button aria-label={`${t("roles.grant")} ${name}`} onClick={onGrant}>{t("roles.grant")}</Button> : null}
    </li>
  );
}

function GrantDialog({ row, onClose }: { row: DeviceReader; onClose: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const name = useName(row);
  const grant = useCommand("device.grant");
  return (
    <Dialog title={t("roles.grantOf", { name })} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={grant.isPending} onClick={() => grant.mutate({ device: row.device }, {
          onSuccess: () => {
            say(t("roles.grantDone", { name }));
            onClose();
          },
        })}>{t("roles.grant")}</Button>
      </>}>
      <p>{t("roles.grantHint")}</p>
      {row.compared ? null : <p>{t("roles.grantLater")}</p>}
      {grant.isError ? <ErrorNotice error={grant.error} /> : null}
    </Dialog>
  );
}
