import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { listInput, nothing, useOffice, useQuery, useRecords } from "../../api";
import { Blank, Loaded, Mark, Pages, TextField, useEver, useOffset, useSettled } from "../../components";
import { useTexts } from "../../locales";
import { AssessDialog } from "./AssessDialog";
import { MemberPanel } from "./MemberPanel";
import { RulesCard, Packs } from "./RulesCard";
import { YearAssess } from "./YearAssess";

/** 标准: the rules with their sources, and what each member owes by them. */
export function StandardTab() {
  const { t, yuan, code, date } = useTexts();
  const { year } = useOffice();
  const [text, setText] = useState("");
  const found = useSettled(text.trim());
  const [offset, turn] = useOffset(`${year} ${found}`);
  const sheet = useQuery("dues.sheet", listInput({ year, offset, text: found || null }), { keep: true });
  // Until the page that is asked for is here, what is shown is another's.
  const waits = sheet.isPlaceholderData || text.trim() !== found;
  const listed = useEver((sheet.data?.rows.length ?? 0) > 0);
  const rules = useQuery("rules.list", nothing);
  const records = useRecords();
  const asked = useSearch({ strict: false }).id;
  const [open, setOpen] = useState<string | null>(asked ?? null);
  const [member, setMember] = useState<string | null>(null);
  const [yearly, setYearly] = useState(false);
  const standard = sheet.data?.rows.find((row) => row.member === open);
  return (
    <>
      <Loaded query={rules}>
        {(list) => (
          <>
            <details className="card">
              <summary>{t("dues.rulesNow")} · {t("dues.rulesVersion", { version: list.current.version })} · {code("dues", `source_${list.current.source}`, { from: list.current.from, date: date(list.current.validFrom) })}</summary>
              <RulesCard rules={list.current} />
            </details>
            <Packs list={list} />
          </>
        )}
      </Loaded>
      <Loaded query={sheet}>
        {(data) => !listed ? <Blank>{t("errors.nobody_due")}</Blank> : yearly ? (
          <YearAssess year={data.year} onDone={() => setYearly(false)} />
        ) : (
          <>
            <div className="row apart">
              <div className="grow"><TextField label={t("dues.filter")} value={text} onChange={setText} /></div>
              {records ? <Button type="primary" onClick={() => setYearly(true)}>{t("dues.yearAssess")}</Button> : null}
            </div>
            {data.rows.length === 0 ? <Blank>{found === "" && !waits ? t("errors.nobody_due") : t("common.noSuchMember")}</Blank> : (
              <ul className="card flush list">
                {data.rows.map((row) => (
                  <li key={row.member} className="line">
                    <span className="what">
                      <button type="button" className="plain-button" onClick={() => setMember(row.member)}>{row.name}</button>{" "}
                      {row.class ? <>{code("dues", row.class)} · <span className="num">{row.arithmetic}</span></> : t("dues.notAssessed")}
                      {row.reason ? <span className="soft"> · {row.reason} · {t("dues.rulesVersion", { version: row.rules })}</span> : null}
                      {row.incomplete ? <> <Mark tone="yellow">{t("dues.incomplete")}</Mark></> : null}
                    </span>
                    <span className="num">{row.class ? t("common.yuan", { n: yuan(row.monthlyFen) }) : null}</span>
                    {records ? <Button disabled={waits} onClick={() => setOpen(row.member)} aria-label={`${t("dues.standard")} ${row.name}`}>{t("dues.standard")}</Button> : null}
                  </li>
                ))}
              </ul>
            )}
            <Pages total={data.total} offset={offset} shown={data.rows.length} onTurn={turn} />
          </>
        )}
      </Loaded>
      {standard && records && sheet.data ? <AssessDialog key={standard.member} row={standard} year={sheet.data.year} onClose={() => setOpen(null)} /> : null}
      {member && sheet.data ? <MemberPanel member={member} year={sheet.data.year} onClose={() => setMember(null)} /> : null}
    </>
  );
}
