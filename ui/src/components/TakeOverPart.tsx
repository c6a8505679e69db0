import { Button } from "antd";
import { type ReactNode, useId, useState } from "react";
import { pickFile, useCommand } from "../api";
import type { ImportFile } from "../api/generated/ImportFile";
import { useTexts } from "../locales";
import { fieldErrors } from "./errors";
import { FieldError, TextField } from "./Field";
import { Notice } from "./Words";

/** 接手: the street's file and its code; then the village's books are here. */
export function TakeOverPart({ aside, onDone }: { aside?: ReactNode; onDone: (office: string) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const take = useCommand("custody.take_over");
  const [file, setFile] = useState<ImportFile | null>(null);
  const [code, setCode] = useState("");
  const [holder, setHolder] = useState("");
  const [missing, setMissing] = useState(false);
  const id = useId();
  const unchosen = missing && file === null;
  const errors = take.isError ? fieldErrors(texts, take.error, ["code", "holder"]) : {};
  if (take.data) {
    const { office, name, from } = take.data;
    return (
      <div className="card stack">
        <Notice tone="green">{t("custody.takenOver", { name })}</Notice>
        <p>{t("custody.takenNext", { from })}</p>
        <div className="row"><Button type="primary" onClick={() => onDone(office)}>{t("custody.toToday")}</Button></div>
      </div>
    );
  }

  function submit() {
    setMissing(file === null || code.trim() === "");
    if (file === null || code.trim() === "") return;
    take.mutate({ base64: file.base64, code, holder });
  }

  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <p>{t("custody.takeHint")}</p>
      <div className="field">
        <div className="row">
          <Button aria-describedby={unchosen ? `${id} ${id}-error` : id} onClick={() => void pickFile(".ybzh").then((chosen) => { if (chosen) setFile(chosen); })}>{t("custody.pick")}</Button>
          <span className={file ? undefined : "soft"} id={id}>{file?.name ?? t("custody.file")}</span>
        </div>
        <FieldError id={`${id}-error`} error={unchosen ? t("errors.required") : undefined} />
      </div>
      <TextField label={t("custody.code")} required value={code} onChange={setCode} placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"
        error={missing && code.trim() === "" ? t("errors.required") : errors["code"]} />
      <TextField label={t("custody.holder")} value={holder} onChange={setHolder} hint={t("custody.holderHint")} error={errors["holder"]} />
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end">{aside}<Button type="primary" htmlType="submit" loading={take.isPending}>{t("custody.takeNow")}</Button></div>
    </form>
  );
}
