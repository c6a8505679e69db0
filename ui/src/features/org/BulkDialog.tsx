import { Button } from "antd";
import { useState } from "react";
import { type Output, pickFile, saveFile, useAsk, useCommand } from "../../api";
import type { BulkRow } from "../../api/generated/BulkRow";
import type { ImportFile } from "../../api/generated/ImportFile";
import { Dialog, ErrorNotice, Mark, Notice, TextField, type Tone } from "../../components";
import { useTexts } from "../../locales";

const looks: Record<BulkRow["state"], Tone> = { invited: "blue", open: "grey", joined: "green" };

/** 按名单邀请: the list is looked at first; what was invited comes as one archive. */
export function BulkDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const ask = useAsk();
  const invite = useCommand("invite.bulk");
  const [file, setFile] = useState<ImportFile | null>(null);
  const [phone, setPhone] = useState("");
  const [look, setLook] = useState<Output<"invite.bulk"> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const shown = invite.data ?? look;
  const left = look?.rows.filter((row) => row.state === "invited").length ?? 0;

  async function choose() {
    const chosen = await pickFile(".xlsx,.xls,.ods,.csv,.txt");
    if (!chosen) return;
    setError(null);
    setLook(null);
    try {
      setLook(await ask("invite.bulk", { file: chosen, phone, dryRun: true }));
      setFile(chosen);
    } catch (reason) {
      setError(reason);
    }
  }

  function make() {
    if (!file) return;
    invite.mutate({ file, phone, dryRun: false }, { onSuccess: ({ packed }) => { if (packed) void saveFile(packed); } });
  }

  return (
    <Dialog title={t("stick.bulk")} open onClose={onClose}
      footer={invite.data ? <Button type="primary" onClick={onClose}>{t("common.close")}</Button> : <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button onClick={() => void choose()} type={left > 0 ? "default" : "primary"}>{t("stick.bulkPick")}</Button>
        {left > 0 ? <Button type="primary" onClick={make} loading={invite.isPending}>{t("stick.bulkMake", { n: left })}</Button> : null}
      </>}>
      {invite.data ? (
        <>
          <Notice tone="green">{t("stick.bulkMade", { n: left })}</Notice>
          {invite.data.addresses.length === 0 ? <Notice tone="yellow">{t("org.noAddress")}</Notice> : null}
        </>
      ) : (
        <>
          <p>{t("stick.bulkHint")}</p>
          <TextField label={t("stick.bulkPhone")} value={phone} onChange={setPhone} hint={t("stick.bulkPhoneHint")} />
        </>
      )}
      {look && left === 0 && !invite.data ? <Notice tone="grey">{t("stick.bulkNone")}</Notice> : null}
      {shown && shown.rows.length > 0 ? (
        <ul className="list bulk-rows">
          {shown.rows.map((row) => (
            <li key={row.cell + row.name} className="line">
              <span className="what">{row.name} <span className="soft mono">{row.cell}</span></span>
              <Mark tone={looks[row.state]} glyph={row.state === "joined" ? "check" : "info"}>
                {t(row.state === "invited" && invite.data ? "stick.invitedNow" : `stick.${row.state}`)}
              </Mark>
            </li>
          ))}
        </ul>
      ) : null}
      {shown && shown.faults.length > 0 ? <Faults faults={shown.faults} /> : null}
      {error !== null || invite.isError ? <ErrorNotice error={error ?? invite.error} /> : null}
    </Dialog>
  );
}

function Faults({ faults }: { faults: Output<"invite.bulk">["faults"] }) {
  const { t, code } = useTexts();
  return (
    <Notice tone="yellow">
      {t("stick.bulkFaults")}
      <ul>
        {faults.map((fault) => (
          <li key={fault.sheet + fault.cell}><span className="mono">{fault.cell}</span> {fault.text} · {code("stick", fault.code)}</li>
        ))}
      </ul>
    </Notice>
  );
}
