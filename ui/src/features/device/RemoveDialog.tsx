import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery } from "../../api";
import type { DeviceRow } from "../../api/generated/DeviceRow";
import type { RemovePreview } from "../../api/generated/RemovePreview";
import { DateField, Dialog, ErrorNotice, Loaded, Notice, useToast } from "../../components";
import { useTexts } from "../../locales";
import { deviceName } from "./name";

/** 移除: the consequences in words, then a second step of its own. */
export function RemoveDialog({ row, onClose }: { row: DeviceRow; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const say = useToast();
  const [typed, setTyped] = useState("");
  const [sure, setSure] = useState(false);
  const until = typed.trim() === "" ? null : typed.trim();
  const input = { office: row.office, device: row.device, until };
  const preview = useQuery("device.remove_preview", input, { keep: true });
  const remove = useCommand("device.remove");
  return (
    <Dialog title={t("device.removeTitle", { name: deviceName(texts, row) })} open onClose={onClose}
      footer={sure
        ? <>
            <Button onClick={() => setSure(false)}>{t("device.back")}</Button>
            <Button danger type="primary" loading={remove.isPending} onClick={() => remove.mutate(input, {
              onSuccess: () => {
                say(t("device.removedNow"));
                onClose();
              },
            })}>{t("device.doRemove")}</Button>
          </>
        : <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button type="primary" disabled={preview.data === undefined} onClick={() => setSure(true)}>{t("device.next")}</Button>
          </>}>
      {sure ? <Notice tone="red" alert>{t("device.sure")}</Notice> : (
        <DateField label={t("device.until")} hint={t("device.untilHint")} value={typed}
          onChange={setTyped} />
      )}
      <Loaded query={preview}>{(found) => <Consequences preview={found} />}</Loaded>
      {remove.isError ? <ErrorNotice error={remove.error} /> : null}
    </Dialog>
  );
}

function Consequences({ preview }: { preview: RemovePreview }) {
  const texts = useTexts();
  const { t, date, code, pair, several } = texts;
  const kept = preview.kept === 0
    ? t("device.keptNone")
    : preview.cut === 0 || preview.lastOn === null
      ? t("device.keptAll", { n: preview.kept })
      : t("device.kept", { n: preview.kept, date: date(preview.lastOn) });
  const lines = [
    kept,
    preview.cut > 0 ? t("device.cut", { n: preview.cut }) : "",
    preview.builtOn > 0 ? t("device.builtOn", { n: preview.builtOn }) : "",
    preview.ownElsewhere ? t("device.ownElsewhere") : "",
    preview.issued > 0 ? t("device.issued", { n: preview.issued }) : "",
    t("device.late"),
    t("device.blocked"),
    t("device.forever"),
  ].filter(Boolean);
  return (
    <>
      {preview.unconfirms.length > 0 ? (
        <Notice tone="red" alert>{t("device.unconfirms", { names: several(preview.unconfirms.map((row) => deviceName(texts, row))) })}</Notice>
      ) : null}
      <ul className="points" aria-live="polite">{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      {preview.books.length > 0 ? (
        <ul className="soft">
          {preview.books.map((book) => (
            <li key={`${book.kind} ${book.year}`}>
              {pair([code("book", book.kind), book.year].filter(Boolean).join(" "), t(book.cut > 0 ? "device.bookCut" : "device.bookKept", { kept: book.kept, cut: book.cut }))}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
