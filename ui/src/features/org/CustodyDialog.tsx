import { Button } from "antd";
import { useState } from "react";
import { useCommand, useOffice } from "../../api";
import { Dialog, fieldErrors, Notice, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 代管一个村: its books are started on this computer, below this office, and every record of it is marked. */
export function CustodyDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const { office, choose } = useOffice();
  const say = useToast();
  const init = useCommand("office.init");
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const errors = init.isError ? fieldErrors(texts, init.error, ["name"]) : {};

  function start() {
    setMissing(name.trim() === "");
    if (name.trim() === "") return;
    init.mutate({ name: name.trim(), kind: "branch", region: null, custody: true, superior: office?.id ?? null }, {
      onSuccess: (made) => {
        say(t("org.custodyDone", { name: name.trim() }));
        onClose();
        choose(made.office);
      },
    });
  }

  return (
    <Dialog title={t("org.custody")} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={init.isPending} onClick={start}>{t("org.custodyStart")}</Button>
      </>}>
      <Notice tone="grey">{t("org.custodyHint")}</Notice>
      <TextField label={t("org.custodyName")} required value={name} onChange={setName} error={missing ? t("errors.required") : errors["name"]} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
    </Dialog>
  );
}
