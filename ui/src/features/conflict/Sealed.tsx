import { Button } from "antd";
import { useState } from "react";
import type { ConflictRow } from "../../api/generated/ConflictRow";
import type { ConflictValue } from "../../api/generated/ConflictValue";
import { Dialog, historyField, Lock, Mark, Notice, sealedPart } from "../../components";
import { useTexts } from "../../locales";

/** What is sealed, opened here and laid side by side; where the values differ it says so. What does not open here is passed over only
 * by a person who says so. */
export function Sealed({ row, who, busy, chosen, onUse }: {
  row: ConflictRow;
  who: (one: ConflictValue) => string;
  busy: boolean;
  chosen: (one: ConflictValue) => boolean;
  /** `seen`: what stood here when the choice was made. */
  onUse: (one: ConflictValue, unread: boolean, seen: string) => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const [asking, setAsking] = useState<{ one: ConflictValue; seen: string } | null>(null);
  // What came in while the question was open was not looked at by whoever answers it.
  if (asking !== null && asking.seen !== row.seen) setAsking(null);
  const closed = row.values.filter((one) => one.closed);
  const parts = [...new Set(row.values.flatMap((one) => one.opened.map((part) => part.name)))];
  const of = (one: ConflictValue, name: string) => one.opened.find((part) => part.name === name);
  const read = row.values.filter((one) => !one.closed);
  const differs = (name: string) => new Set(read.map((one) => of(one, name)?.value ?? "")).size > 1;
  const without = () => {
    if (asking) onUse(asking.one, true, asking.seen);
    setAsking(null);
  };
  return (
    <>
      <div className="row"><Lock /><span className="soft">{t("conflicts.sealedHint")}</span></div>
      {closed.length > 0 ? <Notice tone="yellow">{t(read.length > 0 ? "conflicts.closedHint" : "conflicts.allClosedHint")}</Notice> : null}
      <div className="conflict-sides">
        {row.values.map((one, index) => (
          <section key={index} className="stack tight" aria-label={who(one)}>
            <strong>{who(one)}</strong>
            {one.closed ? <Mark tone="grey" glyph="lock">{t("history.sealed")}</Mark> : (
              <>
                <dl>
                  {parts.map((name) => {
                    const part = of(one, name);
                    return (
                      <div key={name} className={differs(name) ? "differs" : undefined}>
                        <dt>{historyField(texts, name === "base" ? "income_base" : row.recordType, name, null)} {differs(name) ? <Mark tone="yellow">{t("conflicts.differs")}</Mark> : null}</dt>
                        <dd className="prose">{part ? sealedPart(texts, part) : <span className="soft">{t("history.emptied")}</span>}</dd>
                      </div>
                    );
                  })}
                </dl>
                {chosen(one) ? <Mark tone="blue">{t("conflicts.picked")}</Mark> : null}
                <div>
                  <Button type={chosen(one) ? "primary" : "default"} disabled={busy} aria-haspopup={closed.length > 0 ? "dialog" : undefined}
                    aria-label={`${t(closed.length > 0 ? "conflicts.settleUnread" : "conflicts.settle")} ${who(one)}`} onClick={() => (closed.length > 0 ? setAsking({ one, seen: row.seen }) : onUse(one, false, row.seen))}>
                    {t(closed.length > 0 ? "conflicts.settleUnread" : "conflicts.settle")}
                  </Button>
                </div>
              </>
            )}
          </section>
        ))}
      </div>
      <Dialog title={t("conflicts.unreadTitle")} open={asking !== null} onClose={() => setAsking(null)} footer={<>
        <Button data-first onClick={() => setAsking(null)}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={without}>{t("conflicts.unreadYes")}</Button>
      </>}>
        <p>{t("conflicts.unreadWhat", { who: closed.map(who).join(" · ") })}</p>
        <p>{t("conflicts.unreadLater")}</p>
        <p className="soft">{t("conflicts.unreadLogged")}</p>
      </Dialog>
    </>
  );
}
