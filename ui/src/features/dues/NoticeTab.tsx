import { useState } from "react";
import { useOffice, useQuery } from "../../api";
import type { DuesNotice } from "../../api/generated/DuesNotice";
import { Blank, Loaded, SelectField } from "../../components";
import { useTexts } from "../../locales";
import { Scroll } from "./Scroll";
import { monthOf } from "./sums";

/** 公示表: names and sums for some months; never a base. */
export function NoticeTab() {
  const texts = useTexts();
  const { t } = texts;
  const { year: chosen, overview } = useOffice();
  const year = chosen ?? Number(overview?.today.slice(0, 4));
  const [from, setFrom] = useState("1");
  const [to, setTo] = useState("12");
  const query = useQuery("dues.notice", { fromMonth: monthOf(year, Number(from)), toMonth: monthOf(year, Math.max(Number(from), Number(to))) }, { keep: true });
  const options = Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: texts.month(index + 1) }));
  return (
    <>
      <div className="fields no-print">
        <SelectField label={t("dues.noticeFrom")} value={from} onChange={setFrom} options={options} />
        <SelectField label={t("dues.noticeTo")} value={String(Math.max(Number(from), Number(to)))} onChange={setTo} options={options.slice(Number(from) - 1)} />
      </div>
      <Loaded query={query}>{(notice) => (notice.rows.length === 0 ? <Blank>{t("dues.noticeEmpty")}</Blank> : <Notice notice={notice} />)}</Loaded>
    </>
  );
}

function Notice({ notice }: { notice: DuesNotice }) {
  const { t, date, yuan } = useTexts();
  const period = notice.fromMonth === notice.toMonth ? date(notice.fromMonth) : t("dues.noticePeriod", { from: date(notice.fromMonth), to: date(notice.toMonth) });
  const extras = notice.extraFen !== 0;
  return (
    <section className="card stack">
      <h2 className="centred">{notice.officeName} {t("dues.noticeTitle")}</h2>
      <Scroll label={t("dues.noticeTitle")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("dues.member")}</th>
              <th scope="col">{t("dues.noticePeriodCol")}</th>
              <th scope="col" className="num">{t("dues.noticeAmount")}</th>
              {extras ? <th scope="col" className="num">{t("dues.noticeExtra")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {notice.rows.map((row, index) => (
              <tr key={index}>
                <th scope="row">{row.name}</th>
                <td>{period}</td>
                <td className="num">{yuan(row.amountFen)}</td>
                {extras ? <td className="num">{row.extraFen === 0 ? "" : yuan(row.extraFen)}</td> : null}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("dues.foot")}</th><td />
              <td className="num">{yuan(notice.sumFen)}</td>
              {extras ? <td className="num">{yuan(notice.extraFen)}</td> : null}
            </tr>
          </tfoot>
        </table>
      </Scroll>
      <p className="soft">{notice.rule.text} {t("dues.rule", { citation: notice.rule.citation, version: notice.rule.version })}</p>
      <p className="soft no-print">{t("dues.noticeNever")}</p>
    </section>
  );
}
