import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { KeyStatus } from "../../api/generated/KeyStatus";
import type { RecoverySheet } from "../../api/generated/RecoverySheet";
import { Check, Dialog, ErrorNotice, fieldErrors, Mark, Notice, SecretField } from "../../components";
import { useTexts } from "../../locales";

/** The sheet with 24 words that opens the books when everything else is gone. */
export function SheetPart({ status }: { status: KeyStatus }) {
  const { t, date } = useTexts();
  const [asking, setAsking] = useState(false);
  const [sheet, setSheet] = useState<RecoverySheet | null>(null);
  if (sheet) return <Sheet sheet={sheet} onDone={() => setSheet(null)} />;
  return (
    <section className="card stack no-print" aria-label={t("security.sheet")}>
      <div className="row apart">
        <h2>{t("security.sheet")}</h2>
        {status.sheetOn ? <Mark tone="green" glyph="check">{t("security.sheetOn", { date: date(status.sheetOn) })}</Mark>
          : <Mark tone="yellow" glyph="warn">{t("security.noSheet")}</Mark>}
      </div>
      <p>{t("security.sheetWhy")}</p>
      <div className="row">
        <Button type={status.sheetOn ? "default" : "primary"} onClick={() => setAsking(true)}>
          {t(status.sheetOn ? "security.renewSheet" : "security.makeSheet")}
        </Button>
      </div>
      {asking ? <SheetDialog status={status} onClose={() => setAsking(false)} onMade={(made) => { setAsking(false); setSheet(made); }} /> : null}
    </section>
  );
}

function SheetDialog({ status, onClose, onMade }: { status: KeyStatus; onClose: () => void; onMade: (sheet: RecoverySheet) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const make = useCommand("key.recovery_sheet");
  const [current, setCurrent] = useState("");
  const errors = make.isError ? fieldErrors(texts, make.error, ["current"]) : {};
  const submit = () => make.mutate({ current }, { onSuccess: onMade });
  return (
    <Dialog title={t(status.sheetOn ? "security.renewSheet" : "security.makeSheet")} open onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={submit} loading={make.isPending}>{t("security.showSheet")}</Button>
      </>
    )}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p>{t("security.sheetAlone")}</p>
        {status.sheetOn ? <Notice tone="yellow">{t("security.sheetReplaces")}</Notice> : null}
        {status.passphraseOn ? <SecretField label={t("security.current")} required value={current} onChange={setCurrent} error={errors["current"]} /> : null}
        {errors[""] ? <ErrorNotice error={make.error} /> : null}
      </form>
    </Dialog>
  );
}

/** For paper: shown once, printed, locked away. */
function Sheet({ sheet, onDone }: { sheet: RecoverySheet; onDone: () => void }) {
  const { t, several, date } = useTexts();
  const [kept, setKept] = useState(false);
  return (
    <section className="card stack recovery-sheet" aria-label={t("security.sheet")}>
      <h2>{t("security.sheetTitle")}</h2>
      <dl className="sheet-facts">
        <div><dt>{t("security.opens")}</dt><dd>{several(sheet.offices)}</dd></div>
        <div><dt>{t("security.number")}</dt><dd className="mono">{sheet.number}</dd></div>
        <div><dt>{t("security.madeOn")}</dt><dd>{date(sheet.on)}</dd></div>
      </dl>
      <ol className="sheet-words">{sheet.words.map((word, index) => <li key={index}>{word}</li>)}</ol>
      <p>{t("security.sheetKeep")}</p>
      <p>{t("security.sheetUse")}</p>
      <div className="stack no-print">
        <Check label={t("security.sheetDone")} checked={kept} onChange={setKept} />
        <div className="row">
          <Button type={kept ? "default" : "primary"} onClick={() => globalThis.print()}>{t("security.print")}</Button>
          <Button type={kept ? "primary" : "default"} disabled={!kept} onClick={onDone}>{t("security.done")}</Button>
        </div>
      </div>
    </section>
  );
}
