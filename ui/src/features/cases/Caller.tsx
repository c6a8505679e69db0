import { Button } from "antd";
import { useState } from "react";
import { useAsk } from "../../api";
import type { CaseCaller } from "../../api/generated/CaseCaller";
import type { CasePrivate } from "../../api/generated/CasePrivate";
import type { FlowView } from "../../api/generated/FlowView";
import { ErrorNotice, Mark } from "../../components";
import { useTexts } from "../../locales";

/** Who asked: shut until somebody opens it, which the local log tells. */
export function Caller({ view }: { view: FlowView }) {
  const { t, date } = useTexts();
  const ask = useAsk();
  const [found, setFound] = useState<CasePrivate | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const told = view.row.place === "sent" && view.side === "unit";
  const show = () => void ask("case.private", { id: view.row.id }).then(setFound, setFailed);
  return (
    <section className="card stack" aria-labelledby="case-caller">
      <div className="row apart">
        <h2 id="case-caller">{t(told ? "cases.toldHere" : "cases.caller")}</h2>
        <Mark tone="grey" glyph="lock">{t("cases.callerHere")}</Mark>
      </div>
      {found === null ? <div className="row"><Button onClick={show}>{t("cases.callerShow")}</Button><span className="soft">{t("cases.callerLogged")}</span></div> : null}
      {failed === null ? null : <ErrorNotice error={failed} />}
      {found?.caller ? <Facts caller={found.caller} /> : null}
      {found?.closed ? <p>{t("cases.callerClosed")}</p> : null}
      {found && !found.caller && !found.closed && found.told.length === 0 ? <p className="soft">{t("cases.callerNone")}</p> : null}
      {found?.told.map((one) => (
        <div key={`${one.case} ${one.on}`} className="stays-here stack tight">
          <span className="soft">{t("cases.toldTo", { name: one.officeName, date: date(one.on) })} · {one.reason}</span>
          <span>{[one.name, one.contact].filter(Boolean).join(" · ")}</span>
        </div>
      ))}
    </section>
  );
}

export function Facts({ caller }: { caller: CaseCaller }) {
  const { t } = useTexts();
  const rows = [["callerName", caller.name], ["callerPhone", caller.phone], ["callerAddress", caller.address], ["callerNote", caller.note]] as const;
  return (
    <dl className="flow-facts stays-here">
      {rows.filter(([, value]) => value !== "").map(([key, value]) => <div key={key} style={{ display: "contents" }}><dt>{t(`cases.${key}`)}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
